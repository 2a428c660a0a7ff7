-- Stops the collector.
-- stock: prints ESCAPED
-- held: 'collectgarbage' was never set

collectgarbage "stop"
print "ESCAPED"
