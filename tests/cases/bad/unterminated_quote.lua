local tiny <const> = require "tiny"

tiny.load { posts = 'id,title,fn,wte,in_post,cost\nP1,"Head of safeguarding,chc,1,1,100\nP2,Nurse,chc,1,1,100\n' }  --> error: 1 problem in posts.csv (0 rows); nothing loaded
-->   posts.csv:2  a quote that begins here never ends
-- A quote inside a field that does not begin with one, and text after the closing quote.
tiny.load { posts = 'id,title,fn,wte,in_post,cost\nP1,Head "of" care,chc,1,1,100\nP2,"Nurse" senior,chc,1,1,100\n' }  --> error: 2 problems in posts.csv (2 rows); nothing loaded
-->   posts.csv:2  title  'Head "of" care'  a quote inside a field that does not begin with one. Quote the whole field and double its quotes
-->   posts.csv:3  title  '"Nurse" senior'  text after a closing quote. Double the quotes inside a quoted field
