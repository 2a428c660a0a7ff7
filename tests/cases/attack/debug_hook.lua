-- Takes the limits away.
-- stock: prints ESCAPED
-- held: attempt to index a nil value (global 'debug')

debug.sethook()
print "ESCAPED"
