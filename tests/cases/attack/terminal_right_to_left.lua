-- Turns what stands beside it.
-- stock: prints \xe2\x80\xae
-- held: 1\u{202e}000

print "1\u{202e}000"
