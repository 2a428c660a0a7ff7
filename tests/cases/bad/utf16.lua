local tiny <const> = require "tiny"

-- What a spreadsheet saves as "Unicode text".
tiny.load { posts = "\xff\xfei\0d\0,\0f\0n\0\r\0\n\0" }  --> error: 1 problem in posts.csv (0 rows); nothing loaded
-->   posts.csv:1  UTF-16 text (as 'Unicode text' is saved). Save it as 'CSV UTF-8'
