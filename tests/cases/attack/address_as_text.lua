-- Formats a table as text.
-- stock: differs
-- held: same

print(("%s|%10s"):format({}, print))
