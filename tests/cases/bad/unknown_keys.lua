local tiny <const> = require "tiny"

-- A key that nobody reads is a slip: it is named with what was meant, wherever it stands.
tiny.load { descriptor = '{ "nmae": "x", "resorces": [] }' }  --> error: 3 problems in datapackage.json; nothing loaded
-->   datapackage.json             'nmae' is not known here. Did you mean 'name'?
-->   datapackage.json             'resorces' is not known here. Did you mean 'resources' or 'sources'?
-->   datapackage.json  resources  must be a list of the pack's files: [ { "name": "posts", "path": "posts.csv" }, ... ]
tiny.load {
  settings = '"as_at": "2025-05", "price_base": "2025/26", "max_wtes": 2, "formt": 1',
  more = { posts = '"encodng": "utf-8", "dialect": { "delimeter": ";" }, "remit": { "rol": "posts" }',
    budget_lines = [["schema": { "feilds": [], "fields": [ { "name": "id", "tpye": "string", "constraints": { "requird": true }, "remit": { "feild": "id" } } ] }]] },
}  --> error: 12 problems in datapackage.json; nothing loaded
-->   datapackage.json  remit                                                'formt' is not known here. Did you mean 'format'?
-->   datapackage.json  remit                                                'max_wtes' is not known here. Did you mean 'max_wte'?
-->   datapackage.json  resources.posts                                      'encodng' is not known here. Did you mean 'encoding'?
-->   datapackage.json  resources.posts.remit                                'rol' is not known here. Did you mean 'role'?
-->   datapackage.json  resources.posts.dialect                              'delimeter' is not known here. Did you mean 'delimiter'?
-->   datapackage.json  resources.budget_lines.schema                        'feilds' is not known here. Did you mean 'fields'?
-->   datapackage.json  resources.budget_lines.schema.fields.id              'tpye' is not known here. Did you mean 'type'?
-->   datapackage.json  resources.budget_lines.schema.fields.id.remit        'feild' is not known here. Did you mean 'field'?
-->   datapackage.json  resources.budget_lines.schema.fields.id.constraints  'requird' is not known here. Did you mean 'required'?
-->   datapackage.json  resources.budget_lines                               budget_lines needs a field 'kind'; map a heading to it with "remit": { "field": "kind" }
-->   datapackage.json  resources.budget_lines                               budget_lines needs a field 'fn'; map a heading to it with "remit": { "field": "fn" }
-->   datapackage.json  resources.budget_lines                               budget_lines needs a field 'cost'; map a heading to it with "remit": { "field": "cost" }
-- Keys of Table Schema that would change what a text means, and are not read.
tiny.load { more = { funds = [["schema": { "foreignKeys": [], "fields": [ { "name": "id", "trueValues": [ "ja" ], "format": "email" }, { "name": "name" } ] }]] } }  --> error: 3 problems in datapackage.json; nothing loaded
-->   datapackage.json  resources.funds.schema            'foreignKeys' is not read: say what a field refers to with "remit": { "dimension": ... } on the field
-->   datapackage.json  resources.funds.schema.fields.id  'trueValues' is not read: booleans are true, false, yes, no, y, n, 1 and 0
-->   datapackage.json  resources.funds.schema.fields.id  format 'email' is not read: leave it out
