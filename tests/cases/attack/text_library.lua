-- Changes the text library, hoping that methods change too.
-- stock: prints ESCAPED
-- held: X

string.upper = function() return "ESCAPED" end
print(("x"):upper())
