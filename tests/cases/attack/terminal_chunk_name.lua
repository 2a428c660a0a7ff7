-- Puts commands to the terminal into the name of a chunk.
-- stock: prints \27
-- held: \u{1b}[2J

load("error 'x'", "=\27[2J")()
