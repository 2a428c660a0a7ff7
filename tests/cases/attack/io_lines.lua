-- Reads a file line by line.
-- stock: prints SECRET
-- held: attempt to index a nil value (global 'io')

for line in io.lines "../secret.txt" do print(line) end
