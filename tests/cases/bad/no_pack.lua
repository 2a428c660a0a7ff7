local tiny <const> = require "tiny"

-- No folder, a file instead of one, a folder without datapackage.json, no path at all.
remit.load "no/such/folder"  --> error: 1 problem in no/such/folder; nothing loaded
-->   no/such/folder  there is no such folder
remit.load "no\\such\\folder"  --> error: 1 problem in no\such\folder; nothing loaded
-->   no\such\folder  there is no such folder. Folders are parted by /, also on Windows
remit.load "no\nsuch folder"  --> error: 1 problem in no\u{a}such folder; nothing loaded
-->   no\u{a}such folder  there is no such folder. Folders are parted by /, also on Windows
remit.load "tests/cases/run.lua"  --> error: 1 problem in tests/cases/run.lua; nothing loaded
-->   tests/cases/run.lua  is a file: a pack is a folder with a datapackage.json
tiny.load { descriptor = tiny.missing }  --> error: 1 problem in datapackage.json; nothing loaded
-->   datapackage.json  is missing in tmp/1: a pack is a folder with a datapackage.json
remit.load()  --> error: load needs a pack, a folder or a workbook, and none was granted with --pack
-->   remit.load "examples/nenc"
remit.load(7)  --> error: load needs a pack, a folder or a workbook, not a number
-->   remit.load "examples/nenc"
remit.load ""  --> error: load needs a pack, a folder or a workbook, not an empty text
-->   remit.load "examples/nenc"
