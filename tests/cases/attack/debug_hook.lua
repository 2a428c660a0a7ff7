-- Takes the limits away.
-- stock: prints ESCAPED
-- held: 'debug' was never set

debug.sethook()
print "ESCAPED"
