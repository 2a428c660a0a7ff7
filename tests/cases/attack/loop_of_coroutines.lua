-- Makes coroutines, each too short to be counted.
-- stock: hangs
-- held: at its limit of 20 million steps of work
-- with: --work 20

while true do
  coroutine.wrap(function() for _ = 1, 50 do end end)()
end
