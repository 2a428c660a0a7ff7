-- Never ends in a coroutine made by a loaded chunk.
-- stock: hangs
-- held: at its limit of 20 million steps of work
-- with: --work 20

load("coroutine.wrap(function() repeat until false end)()")()
