-- Ends the program before it can say what was refused.
-- stock: ends with 7
-- held: attempt to index a nil value (global 'os')

os.exit(7)
