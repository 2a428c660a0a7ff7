local tiny <const> = require "tiny"

-- Types that are none, that do not fit, units that are none; a field that is missing, twice, or of another file.
tiny.load { more = { posts = [["schema": { "fields": [
  { "name": "id", "type": "strng" },
  { "name": "fn", "type": "integer", "remit": { "field": "funktion" } },
  { "name": "wte", "type": "string" },
  { "name": "in_post", "type": "number", "remit": { "unit": "£" } },
  { "name": "In post", "type": "number", "remit": { "field": "in_post" } },
  { "name": "extra", "type": "geopoint" },
  { "name": "more", "type": "number", "remit": { "unit": "pence" } },
  { "name": "cost", "type": 5, "remit": { "skip": "yes" } },
  { "type": "string" },
  "title"
] }]] } }  --> error: 13 problems in datapackage.json; nothing loaded
-->   datapackage.json  resources.posts.schema.fields.id          type 'strng' does not fit: id is text (string)
-->   datapackage.json  resources.posts.schema.fields.fn          posts has no field 'funktion'
-->   datapackage.json  resources.posts.schema.fields.wte         type 'string' does not fit: wte is whole-time equivalents (integer, number)
-->   datapackage.json  resources.posts.schema.fields.in_post     unit '£' does not fit: in_post is whole-time equivalents
-->   datapackage.json  resources.posts.schema.fields.extra       type 'geopoint' is not known
-->   datapackage.json  resources.posts.schema.fields.more        unit 'pence' is not known: £, WTE, count or number
-->   datapackage.json  resources.posts.schema.fields.cost        'type' must be a text, not 5
-->   datapackage.json  resources.posts.schema.fields.cost.remit  'skip' must be true or false, not 'yes'
-->   datapackage.json  resources.posts.schema.fields.cost        type 'string' does not fit: cost is pounds: 1234.50, £1,234.50 or (1,234) (integer, number)
-->   datapackage.json  resources.posts.schema.fields[8]          must be an object with a "name"
-->   datapackage.json  resources.posts.schema.fields[9]          must be an object with a "name"
-->   datapackage.json  resources.posts                           two fields are 'in_post'
-->   datapackage.json  resources.posts                           posts needs a field 'fn'; map a heading to it with "remit": { "field": "fn" }
-- Constraints that do not fit their field.
tiny.load { more = { funds = [["schema": { "primaryKey": [ "id", "name" ], "fields": [
  { "name": "id", "constraints": { "minimum": 1, "enum": [ "running", "running" ] } },
  { "name": "name", "constraints": { "enum": "running", "required": "yes" } },
  { "name": "size", "type": "number", "decimalChar": ",,", "constraints": { "maximum": 1e300, "unique": true, "enum": [ 1 ] } },
  { "name": "share", "type": "number", "decimalChar": ",", "groupChar": "," }
] }]] } }  --> error: 10 problems in datapackage.json; nothing loaded
-->   datapackage.json  resources.funds.schema.fields.id                constraints.enum has 'running' twice
-->   datapackage.json  resources.funds.schema.fields.id                constraints.minimum is for numbers
-->   datapackage.json  resources.funds.schema.fields.name.constraints  'required' must be true or false, not 'yes'
-->   datapackage.json  resources.funds.schema.fields.name              constraints.enum is a list of texts, for a field of text
-->   datapackage.json  resources.funds.schema.fields.size              "decimalChar" is one character, such as ","
-->   datapackage.json  resources.funds.schema.fields.size              constraints.unique is for fields of text
-->   datapackage.json  resources.funds.schema.fields.size              constraints.enum is a list of texts, for a field of text
-->   datapackage.json  resources.funds.schema.fields.size              constraints.maximum is out of range
-->   datapackage.json  resources.funds.schema.fields.share             decimalChar and groupChar are both ','
-->   datapackage.json  resources.funds.schema                          'primaryKey' must name one field of text
-- A standard field that is needed cannot be skipped.
tiny.load { more = { funds = [["schema": { "fields": [ { "name": "id", "remit": { "skip": true } }, { "name": "name" } ] }]] } }  --> error: 1 problem in datapackage.json; nothing loaded
-->   datapackage.json  resources.funds  funds needs a field 'id'; map a heading to it with "remit": { "field": "id" }
-- No fields.
tiny.load { more = { funds = [["schema": "funds.json"]] } }  --> error: 2 problems in datapackage.json; nothing loaded
-->   datapackage.json  resources.funds         'schema' must be an object: { ... }
-->   datapackage.json  resources.funds.schema  needs "fields": [ { "name": ..., "type": ... }, ... ]
tiny.load { more = { funds = [["schema": { "fields": {} }]] } }  --> error: 1 problem in datapackage.json; nothing loaded
-->   datapackage.json  resources.funds.schema  needs "fields": [ { "name": ..., "type": ... }, ... ]
