-- Reads a file line by line.
-- stock: prints SECRET
-- held: 'io' was never set

for line in io.lines "../secret.txt" do print(line) end
