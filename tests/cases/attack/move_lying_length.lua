-- Moves what is not there, a quintillion times.
-- stock: hangs
-- held: at its limit of 20 million steps of work
-- with: --work 20

table.move({}, 1, 1 << 60, 2)
