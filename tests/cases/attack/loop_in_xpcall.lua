-- Goes on in the handler of what stops it.
-- stock: hangs
-- held: at its limit of 20 million steps of work
-- with: --work 20

xpcall(function() while true do end end, function() while true do end end)
while true do end
