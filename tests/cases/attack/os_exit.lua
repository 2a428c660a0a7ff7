-- Ends the program before it can say what was refused.
-- stock: ends with 7
-- held: 'os' was never set

os.exit(7)
