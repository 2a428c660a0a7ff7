-- Sends the terminal commands in an error.
-- stock: prints \27
-- held: \u{1b}[2J

error("\27[2Jall is well", 0)
