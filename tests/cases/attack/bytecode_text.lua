-- Loads bytecode that it brought along as text.
-- stock: prints truncated
-- held: attempt to load a binary chunk

print(load "\27Lua\x54\0\x19\x93\r\n\x1a\n")
