-- Stops the collector.
-- stock: prints ESCAPED
-- held: attempt to call a nil value (global 'collectgarbage')

collectgarbage "stop"
print "ESCAPED"
