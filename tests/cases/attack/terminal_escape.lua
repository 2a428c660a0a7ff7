-- Sends the terminal commands.
-- stock: prints \27
-- held: \u{1b}]0;title\u{7}

print "\27]0;title\7"
