---@meta remit
-- SPDX-License-Identifier: Apache-2.0
-- The calls of remit for the Lua language server, made by docs/generate.lua from the source. Do not edit.
-- Name the folder of this file in an editor's "Lua.workspace.library": see docs/guide/repl.md.

---@class remit.change
---@class remit.check
---@class remit.none
---@class remit.explanation
---@class remit.site
---@field names { icb: string, places: table<string, string> }
---@field envelope { per_head: number, population: integer, population_basis: string, basis: string, period: string, due: string }
---@field own table<string, string|number|boolean>

---What `require "remit"` gives; inside `remit run` it is there as `remit`.
---@class remit
local remit = {}

---@class remit.args.load
---@field fix? string a corrections file (file,row,field,value,becomes,why)
---@field unmapped? "refuse"|"park" park puts lines of unknown functions under 'unallocated'
---@field as_at? string the month that the pack describes, instead of its own
---Loads a pack: a folder with a datapackage.json, or a workbook (.xlsx). All problems at once, or a model.
---@param path string
---@param options? remit.args.load
---@return remit.model
function remit.load(path, options) end

---@class remit.args.envelope
---@field id string what the cap is called
---@field per_head number|remit.param the cap, pounds a head
---@field population integer|remit.param the heads
---@field population_basis string which population: allocation, registered, weighted
---@field include? table tests of the lines that count; all by default
---@field exclude? table tests of lines that do not
---@field due? string the month from which the cap must be met
---@field basis? "funded"|"in_post"|"actual" which cost
---@field period? "run_rate"|"in_year"|"recurrent" which part of cost
---@field prices? any the financial year in whose prices the cap is, and what is held against it; the pack's own without it
---A cap per head of population, and the lines that count against it.
---@param given remit.args.envelope
---@return remit.envelope
function remit.envelope(given) end

---@class remit.args.param
---@field id string an id of assumptions.csv
---@field default? any the value when the assumptions do not have it
---@field doc? string what it means
---A figure taken from the model's assumptions by its id, else its default.
---@param given remit.args.param
---@return remit.param
function remit.param(given) end

---@class remit.args.rates
---@field year string a financial year such as 2025/26
---@field view? "employer"|"economic" whether the pension paid centrally is left out or counted
---Pay rates of a year, from the shipped vocabulary: salaries and on-costs.
---@param given remit.args.rates
---@return remit.rates
function remit.rates(given) end

---@class remit.args.decision_table
---@field on? string what it decides of: the members of a dimension, "posts" or "lines"
---@field hits? string the hit policy: unique (the default), any, first, collect, collect sum, min, max or count
---@field id? string its name in messages; a file's is its path
---@field rules? table in Lua: { id =, when = { blueprint = "grow" }, set = { class = "grow" }, why =, ref = } each
---Rules that decide what members or lines are: a CSV file, or a table of rules.
---@param given string|remit.args.decision_table
---@param options? table
---@return remit.decision_table
function remit.decision_table(given, options) end

---@class remit.args.subsidiarity
---@field id? string what to call the rules; the path of the file
---@field rules? table instead of a file: { { criterion =, test =, at_least =, at_most =, sets =, why = }, ... }
---@field start? string the level where the search begins; the lowest of which the pack says how many there are
---@field icb? string the level of the ICB itself, which stays accountable and funds unless a rule says otherwise; system
---@field scores? string|table what people judged of functions: a file, or a list of { fn =, CRITERION = value }
---@field costs? string|table cost curves: a file, or a list of { fn =, level =, fixed =, per_head = }
---Tests that lift functions from the lowest level: a CSV file, or a table of tests.
---@param given string|remit.args.subsidiarity
---@param options? table
---@return remit.subsidiarity
function remit.subsidiarity(given, options) end

---Local names mapped on to the vocabulary: a CSV file (field, from, fn, share, status, why), or a table of rows; without either an empty one, for
---its suggestions.
---@param given? string|table
---@return remit.crosswalk
function remit.crosswalk(given) end

---@class remit.args.compare
---@field accept? string|string[] differences that make figures incomparable and are meant: prices, perimeter, vocabulary
---Models side by side.
---@param models remit.model[]
---@return remit.compare
function remit.compare(models) end

---@class remit.args.redundancy
---@field pay number full-time pay a year, pounds
---@field years integer complete years of service
---@field wte? number the part of full time that the person works
---Section 16 redundancy pay of one person, in pounds.
---@param given remit.args.redundancy
---@return number
function remit.redundancy(given) end

---@class remit.args.rank
---@field tables table by table a list, first ranked first; a list inside it is a tie
---@field items? string|string[] all that could be ranked, where no table ranked some of it
---Workshop tables' rankings pooled, and where tables differ most.
---@param given string|remit.args.rank
---@return remit.frame
function remit.rank(given) end

---@class remit.args.check
---@field id string what it is called
---@field name? string in a few words
---@field why? string the reason for it
---@field principle? string the design principle that it answers: simple, technology, great_place
---@field measure? string a figure of the model
---@field where? table tests of its lines
---@field at_least? number the least that it may be
---@field at_most? number the most that it may be
---@field test? any or a function of the model and the month: a status, and the evidence
---A check of the analyst's own, for model:checks { own = { ... } }.
---@param given remit.args.check
---@return remit.check
function remit.check(given) end

---@class remit.args.format
---@field sign? boolean + before what is above zero
---A figure of the script's own arithmetic, rounded and written as tables write it: "-£87,133.76", "£1.235m", "12.5%" of 0.125. `display` as
---frame:with_column has it, "£" without one.
---@param value number|remit.none
---@param display? "£"|"£p"|"£m"|"£/head"|"WTE"|"count"|"%"|"number"
---@param options? remit.args.format
---@return string
function remit.format(value, display, options) end

---@class remit.args.chart
---@field of remit.frame what is drawn; totals are left out
---@field kind "line"|"bar"|"stack"|"waterfall"|"timeline"|"heat" how
---@field columns? string|string[] the columns drawn; default: the first one of figures. At most four lines or categories of a stack
---@field label? string the column that names the rows; default: the first key
---@field title? string its title; default: the frame's
---@field limit? table of a line chart: { value = 67.969, label = "cap" }, in the unit of the axis
---@field marks? table of a line chart: { { at = "2026-01", label = "cap due" }, ... }
---@field shadow? string of a timeline: the column with the month of shadow running
---@field planned? string of a timeline: the column with the go-live before it slipped
---@field golive? string of a timeline: the column with the month of go-live
---@field done? string of a timeline: the column with the month in which all is handed over
---A frame drawn: as SVG for a page, as bars for a terminal.
---@param given remit.args.chart
---@return remit.chart
function remit.chart(given) end

---@class remit.args.report
---@field title string what it is called
---@field date any its date, the only one in it
---@field scenarios? table the scenarios, in order
---@field base? remit.model what they are compared with; default: what the first scenario stands on
---@field envelope? remit.envelope the cap
---@field sections? table ids of sections, and own ones: { title =, text =, frame or chart }; default: all that say something
---@field by? string what the board's table and the establishment go by
---@field at? string the month of the plan; default: when the last change has bitten
---@field from? string the first month of timelines; default: the base's
---@field to? string the last, included; default: when the last change has bitten
---@field min_saving? string|number|remit.param what the system must save by a transfer
---@field max_taken? string|number|remit.param the most of what was there that non-pay or posts may give to a cut with take; without it max_taken of assumptions.csv, else 50%
---@field checks? table checks of the analyst's own, as model:checks takes them
---@field jointly? boolean protect the scenarios' establishments against subtraction from one another, not from the base's only
---@field suppress? integer figures by fewer posts or people than this are withheld; 0 withholds none
---What the board reads: HTML, a workbook or Markdown of a base and its scenarios.
---@param given remit.args.report
---@return remit.report
function remit.report(given) end

---A national template to be filled: a CSV file that says which cell holds which figure.
---@param path string
---@return remit.submission
function remit.submission(path) end

---What was done so far: questions that read rows, questions answered from kept sums, and the memory that these take.
---@return remit.frame
function remit.stats() end

---@class remit.args.site
---@field needs? string|string[] fields that the script cannot do without, such as envelope.per_head
---@field defaults? table values of fields that the profile may leave out, by name
---What is local to this board, from site.json beside the pack: its envelope, its names, settings of its own.
---@param given? remit.args.site
---@return remit.site
function remit.site(given) end

---A test of rules of one's own: `remit test PATH...` runs them. Anywhere else a test that fails is an error.
---@param name string
---@param body fun(t: remit.test)
function remit.test(name, body) end

---@class remit.args.needs
---@field files? string|string[] files and folders that the script reads, from the working folder
---@field modules? string|string[] modules that it requires by a name that is not written out
---@field outputs? string|string[] what it writes below out/
---@field dimensions? string|string[] dimensions that the pack must have
---@field measures? string|string[] measures that it asks for
---@field attributes? string|string[] attributes that the pack's members must have, such as fn.blueprint
---@field tables? string|string[] files that the pack must have, such as assignments
---@field site? string|string[] fields that the site profile must have, such as envelope.per_head
---@field vocabulary? string|string[] versions of the shipped vocabulary that it works with
---@field engine? string versions of remit that it works with: ">= 0.1.0, < 0.3.0"
---What a script needs, written out for `remit bundle`, which reads it without running it: files, modules, outputs, dimensions, measures, attributes.
---@param given remit.args.needs
function remit.needs(given) end

---"No value" where a table cannot hold nil.
---@type remit.none
remit.none = nil
---@type string
remit.version = nil

---@class remit.args.close
---@field id? string what amend, explain and reports call it
---@field why? string the reason
---@field ref? string where that is decided or written
---@field owner? string who sees to it
---@field status? "idea"|"planned"|"agreed"|"delivered" how firm it is
---@field confidence? any how likely it is, for the risk-adjusted view
---@field posts? any tests of the posts that it touches
---@field lines? any or of posts and budget lines
---@field functions? any or of the functions, all of whose lines it touches
---@field protect? any tests of lines that it leaves alone
---@field from any its first month
---@field to? any the first month in which it holds no longer: "2027-04" ends it with March 2027
---@field share? any how much of each line ends
---@field route? string how people leave: turnover, end_of_contract, voluntary, redeployment, compulsory
---Selected lines end, or a share of them.
---@param given remit.args.close
---@return remit.change
function remit.close(given) end

---@class remit.args.scale
---@field id? string what amend, explain and reports call it
---@field why? string the reason
---@field ref? string where that is decided or written
---@field owner? string who sees to it
---@field status? "idea"|"planned"|"agreed"|"delivered" how firm it is
---@field confidence? any how likely it is, for the risk-adjusted view
---@field posts? any tests of the posts that it touches
---@field lines? any or of posts and budget lines
---@field functions? any or of the functions, all of whose lines it touches
---@field protect? any tests of lines that it leaves alone
---@field from any its first month
---@field to? any the first month in which it holds no longer: "2027-04" ends it with March 2027
---@field measure? "cost"|"wte"|"both" what is scaled
---@field change? string|number|remit.param by how much: "-15%"
---@field target? number|remit.param or the figure that it must come to, £ a year or WTE
---@field take? string|string[] where the saving comes from, in this order: vacancies, nonpay, posts
---@field spread? "rest" the unprotected lines bear the cut of all
---Cost, WTE or both of selected lines times a factor, or to a target.
---@param given remit.args.scale
---@return remit.change
function remit.scale(given) end

---@class remit.args.add
---@field id? string what amend, explain and reports call it
---@field why? string the reason
---@field ref? string where that is decided or written
---@field owner? string who sees to it
---@field status? "idea"|"planned"|"agreed"|"delivered" how firm it is
---@field confidence? any how likely it is, for the risk-adjusted view
---@field from any its first month
---@field to? any the first month in which it holds no longer: "2027-04" ends it with March 2027
---@field posts? table rows with the fields of posts.csv
---@field lines? table rows with the fields of budget_lines.csv
---New posts, costed from the rates, or new budget lines.
---@param given remit.args.add
---@return remit.change
function remit.add(given) end

---@class remit.args.move
---@field id? string what amend, explain and reports call it
---@field why? string the reason
---@field ref? string where that is decided or written
---@field owner? string who sees to it
---@field status? "idea"|"planned"|"agreed"|"delivered" how firm it is
---@field confidence? any how likely it is, for the risk-adjusted view
---@field posts? any tests of the posts that it touches
---@field lines? any or of posts and budget lines
---@field functions? any or of the functions, all of whose lines it touches
---@field protect? any tests of lines that it leaves alone
---@field from any its first month
---@field to? any the first month in which it holds no longer: "2027-04" ends it with March 2027
---@field into table the field and its new member, as in { group = "insights" }
---Selected lines belong to another function, place, group, level or organisation; their cost stays.
---@param given remit.args.move
---@return remit.change
function remit.move(given) end

---@class remit.args.regrade
---@field id? string what amend, explain and reports call it
---@field why? string the reason
---@field ref? string where that is decided or written
---@field owner? string who sees to it
---@field status? "idea"|"planned"|"agreed"|"delivered" how firm it is
---@field confidence? any how likely it is, for the risk-adjusted view
---@field posts? any tests of the posts that it touches
---@field lines? any or of posts and budget lines
---@field functions? any or of the functions, all of whose lines it touches
---@field protect? any tests of lines that it leaves alone
---@field from any its first month
---@field to? any the first month in which it holds no longer: "2027-04" ends it with March 2027
---@field band string the new band
---@field point? string the new pay point: entry, intermediate, top
---@field protect_pay? any months for which a lower cost is not saved yet
---Selected posts get another band; their cost follows from the rates.
---@param given remit.args.regrade
---@return remit.change
function remit.regrade(given) end

---@class remit.args.set
---@field id? string what amend, explain and reports call it
---@field why? string the reason
---@field ref? string where that is decided or written
---@field owner? string who sees to it
---@field status? "idea"|"planned"|"agreed"|"delivered" how firm it is
---@field confidence? any how likely it is, for the risk-adjusted view
---@field from any its first month
---@field to? any the first month in which it holds no longer: "2027-04" ends it with March 2027
---@field functions any tests of the functions
---@field into table the attributes and their new values
---Attributes of functions (or other members) change.
---@param given remit.args.set
---@return remit.change
function remit.set(given) end

---@class remit.args.once
---@field id? string what amend, explain and reports call it
---@field why? string the reason
---@field ref? string where that is decided or written
---@field owner? string who sees to it
---@field status? "idea"|"planned"|"agreed"|"delivered" how firm it is
---@field confidence? any how likely it is, for the risk-adjusted view
---@field cost number|remit.param pounds
---@field month any the month in which it falls
---@field on? table the fields that it is booked on, as in { fund = "running", fn = "core_ops" }; it is non-pay unless they say kind = "pay"
---@field against_cap? boolean whether it counts against the cap
---A one-off (non-recurrent) cost in a month: in the year's cost, never in the run rate.
---@param given remit.args.once
---@return remit.change
function remit.once(given) end

---@class remit.args.transfer
---@field id? string what amend, explain and reports call it
---@field why? string the reason
---@field ref? string where that is decided or written
---@field owner? string who sees to it
---@field status? "idea"|"planned"|"agreed"|"delivered" how firm it is
---@field confidence? any how likely it is, for the risk-adjusted view
---@field functions any tests of the functions
---@field share? any how much of them
---@field place? string the place; without it the whole function
---@field split? table its part of system-wide lines: { population = "registered" }, { by = "posts" } or { share = "8%" }
---@field receiver string the organisation that takes it on
---@field alternatives? string|string[] receivers that it could go to instead
---@field shadow? any from when the receiver runs alongside
---@field golive any from when the functions have left
---@field profile? "step"|"linear"|"front"|"back" how they leave over `months`
---@field months? any over how many months they leave
---@field resource? any the share of their cost that is handed over as money
---@field inside_cap? boolean whether that money still counts against the cap; reports show both
---@field staff? table what becomes of the people: { tupe = "60%", close = "40%" }
---@field receiver_cost? number|remit.param what the receiver spends, £ a year; else worked out from the staff who move
---@field delegated? number|remit.param programme budget that goes along, £ a year: a memo, outside the cap and every other figure
---@field double_running? any of the lines' cost, from shadow to go-live
---@field paid_by? "icb"|"receiver" who pays for double running
---@field stranded? table what cannot be released at once: { share = "8%", months = 12 }
---@field ready? table readiness: { form = true, dates = true, clarity = false, resource = false, governance = false }
---@field if_not_ready? string "flag", or "slip 3 months"
---@field depends_on? string|string[] events outside that it waits for
---@field objections? string|string[] who objects, and why
---Functions at a place go to a receiver: with what people, what money, and when.
---@param given remit.args.transfer
---@return remit.change
function remit.transfer(given) end

---What `remit.load` gives. It does not change.
---@class remit.model
local model = {}

---A dimension: `base:dim "fn":members()`.
---@param name string
---@return remit.dimension
function model:dim(name) end

---The member of a dimension that a text means: its id, its name, an alias, or the beginning of one.
---@param name string a dimension
---@param text string
---@return table? member, string? message
function model:find(name, text) end

---Selects posts: `base:posts { band = ">= 8a", vacant = false }`.
---@param tests? table
---@return remit.selection
function model:posts(tests) end

---Selects posts and budget lines: `base:lines { kind = "nonpay" }`.
---@param tests? table
---@return remit.selection
function model:lines(tests) end

---Selects all lines of functions: `base:functions { blueprint = "grow" }`.
---@param tests? table
---@return remit.selection
function model:functions(tests) end

---@class remit.args.pivot
---@field measures string|string[] what to measure: cost, wte, in_post, vacancies, posts, heads...
---@field by? string|string[] dimensions or dimension.attribute
---@field where? table a table of tests, or a selection
---@field at? string the month; on a base the as-at month
---@field over? table instead of at, of several months the "last", "mean" or "max": { month = "last", from = "2026-04", to = "2027-03" }, both included
---@field basis? "funded"|"in_post"|"actual" which cost: filled and vacant parts, filled ones, or the ledger's
---@field period? "run_rate"|"in_year"|"recurrent"|"part_year"|"cumulative" which part of cost: a month's rate a year, a financial year's, what recurs (full-year effect), what the year lacks of it, all months from `from`
---@field from? string first month of a cumulative figure
---@field prices? any the financial year in whose prices money is, by uplifts.csv; the pack's own without it
---@field risk? "confidence"|"planned"|"agreed"|"delivered" risk-adjusted: changes by their confidence, or only those at least so firm
---@field totals? boolean subtotals and a grand total
---@field sort? string a measure: groups by it, largest first
---@field ascending? boolean smallest first
---@field top? integer so many groups, the others in one row
---Measures by dimensions, as a frame.
---@param given remit.args.pivot measures, by, where, at, basis, period, from, prices, totals, sort, ascending, top
---@return remit.frame
function model:pivot(given) end

---@class remit.args.total
---@field where? table a table of tests, or a selection
---@field at? string the month; on a base the as-at month
---@field over? table instead of at, as in pivot: of several months the last, mean or max
---@field basis? "funded"|"in_post"|"actual" which cost
---@field period? "run_rate"|"in_year"|"recurrent"|"part_year"|"cumulative" which part of cost
---@field from? string first month of a cumulative figure
---@field prices? any the financial year in whose prices it is
---@field risk? "confidence"|"planned"|"agreed"|"delivered" risk-adjusted: changes by their confidence, or only those at least so firm
---One figure as a plain number: pounds, WTE or a count.
---@param measure string
---@param given? remit.args.total where, at, basis, period, from, prices
---@return number
function model:total(measure, given) end

---The measures that this model has, with what they mean.
---@return remit.frame
function model:measures() end

---The selected lines themselves, as a frame; all of them without `count`.
---@param selection? remit.selection
---@param count? integer
---@return remit.frame
function model:list(selection, count) end

---SHA-256 of the model's canonical data: the same on every machine. 64 hexadecimal digits.
---@return string
function model:hash() end

---@class remit.args.assumptions
---@field computed? table figures worked out by the script, by id: { id = { value =, unit =, how = } }
---The register of assumptions; sources that claim the same thing and disagree beyond rounding are marked.
---@param given? remit.args.assumptions
---@return remit.frame
function model:assumptions(given) end

---What was loaded: files, rows, where from, what was set aside.
---@return remit.frame
function model:info() end

---Data quality: what is missing, parked, corrected, out of line.
---@return remit.frame
function model:health() end

---What is wrong with what was decided since loading, such as an override past its expiry: a row a finding.
---@return remit.frame
function model:findings() end

---@class remit.args.reconcile
---@field by? string a field that lines and ledger share
---Establishment against ledger, with a balancing line.
---@param given? remit.args.reconcile
---@return remit.frame
function model:reconcile(given) end

---@class remit.args.scenario
---@field changes? table|remit.change the changes, in any order
---@field extends? any a scenario or a list of them to stand on: their changes come first, list by list
---@field params? table values of parameters by id
---A scenario: this model with changes.
---@param name string
---@param given? remit.args.scenario
---@return remit.model
function model:scenario(name, given) end

---@class remit.args.with
---@field params? table values of parameters by id
---@field add? table|remit.change changes that join the last list
---@field drop? string|string[] ids of changes that are left out
---@field name? string what it is called
---The same scenario with other parameters, more changes, or fewer.
---@param given remit.args.with
---@return remit.model
function model:with(given) end

---The same scenario with some fields of one change others; spans such as "-6 months" move its months.
---@param id string
---@param given table
---@return remit.model
function model:amend(id, given) end

---@class remit.args.sweep
---@field param? string the parameter, by its id
---@field change? string or a change by its id, with
---@field field? string its field: share, golive, receiver...
---@field values table a list, or a range of months, percentages or numbers, both ends included: { from =, to =, step = }
---@field across? table a second param, or change and field, with its values: a column each
---@field measures? string|string[] what to measure; cost without it
---@field figure? any a figure of one's own: a function of the scenario that gives a number
---@field envelope? remit.envelope a cap: headroom below it, and whether each value is within it
---@field at? string the month; not for a recurrent figure
---@field basis? "funded"|"in_post" which cost
---@field period? "run_rate"|"in_year"|"recurrent"|"part_year"|"cumulative" which part of cost
---@field from? string first month of a cumulative figure
---@field prices? any the financial year in whose prices money is
---@field where? table tests of the lines
---@field risk? "confidence"|"planned"|"agreed"|"delivered" risk-adjusted: changes by their confidence, or only those at least so firm
---One question over many values of a parameter, or of a field of a change: a row a value.
---@param given remit.args.sweep param, or change and field; values; across, measures, figure, envelope; at, basis, period, from, prices, where, risk
---@return remit.frame
function model:sweep(given) end

---What was changed, by whom and why.
---@return remit.frame
function model:changes() end

---Where the lists of a scenario that stands on others clash, with the reasons of both.
---@return remit.frame
function model:conflicts() end

---@class remit.args.phase
---@field measures? string|string[] what to measure
---@field by? "month"|"year" months, or financial years: cost in the year; WTE and posts of its last month
---@field from string first month
---@field to string last month, included
---@field where? table tests of the lines
---@field basis? "funded"|"in_post" which cost
---@field period? "run_rate"|"in_year"|"part_year"|"cumulative" which part of cost: of months run_rate (as they are) or cumulative from the first; of years in_year (as they are), part_year or cumulative
---@field prices? any the financial year in whose prices money is
---@field risk? "confidence"|"planned"|"agreed"|"delivered" risk-adjusted: changes by their confidence, or only those at least so firm
---Figures month by month, or year by year.
---@param given remit.args.phase measures, by, from, to, where, basis, period, prices
---@return remit.frame
function model:phase(given) end

---@class remit.args.ledger
---@field by? "month"|"receiver" a row a month, or in each month a row for the ICB, each receiver and the system
---@field from string first month
---@field to string last month, included
---@field basis? "funded"|"in_post" which cost
---@field prices? any the financial year in whose prices money is; the pack's own without it
---@field envelope? remit.envelope the cap: lines that it leaves out are outside; without it all lines are inside
---Three ledgers: the ICB inside and outside the cap, the receivers, the whole system.
---@param given remit.args.ledger by, from, to, basis, envelope
---@return remit.frame
function model:ledger(given) end

---Transfers, whether they are ready, what they wait for, who objects, and whether they slip.
---@return remit.frame
function model:readiness() end

---@class remit.args.slip_price
---@field transfer? string one transfer by its id; all that slip without it
---@field from? string first month; the first that differs without it
---@field to? string last month, included; the last that differs without it
---@field basis? "funded"|"in_post" which cost
---@field prices? any the financial year in whose prices money is; the pack's own without it
---@field envelope? remit.envelope the cap: lines that it leaves out are outside; without it all lines are inside
---What slipping costs the ICB inside and outside the cap, each receiver and the system, against going live on time.
---@param given? remit.args.slip_price transfer, from, to, basis, envelope
---@return remit.frame
function model:slip_price(given) end

---@class remit.args.cost_shift
---@field min_saving? string|number|remit.param the saving that the system must make, of what is released
---@field basis? "funded"|"in_post" which cost is released
---@field prices? any the financial year in whose prices money is; the pack's own without it
---Each transfer on the recurrent year: released, resource, receiver cost, shortfall, system saving, pass or COST SHIFT.
---@param given? remit.args.cost_shift
---@return remit.frame
function model:cost_shift(given) end

---@class remit.args.actions
---@field at? string the month; on a base the as-at month
---@field by? string|string[] dimensions or dimension.attribute, as posts are before the changes
---@field where? table tests of the posts, as they are before the changes
---@field list? boolean a row a part of a post, filled or vacant, with the changes that touch it
---What becomes of posts: unchanged, new, changed, closed, moved, transferred, not reviewed.
---@param given? remit.args.actions
---@return remit.frame
function model:actions(given) end

---@class remit.args.impact
---@field at? string the month
---@field by? string|string[] dimensions or dimension.attribute, where posts belong in the month
---@field route? string how people leave where a change does not say
---@field all? boolean also groups that nothing touches: rows of zeros
---What the changes mean for people: WTE and people closed in post, transferring, regraded, changing role.
---@param given remit.args.impact
---@return remit.frame
function model:impact(given) end

---@class remit.args.model_redundancy
---@field at? string the month; who has left by then
---@field route? string how people leave where a change does not say
---What leaving costs, change by change: people, one-off (non-recurrent) cost with its range, payback.
---@param given remit.args.model_redundancy
---@return remit.frame
function model:redundancy(given) end

---@class remit.args.risk
---@field measure? string money or WTE
---@field at? string the month
---@field risk? "confidence"|"planned"|"agreed"|"delivered" changes by their confidence, or only those at least so firm
---@field where? table tests of the lines
---@field basis? "funded"|"in_post" which cost
---@field period? "run_rate"|"in_year"|"recurrent"|"part_year"|"cumulative" which part of cost
---@field from? string first month of a cumulative figure
---@field prices? any the financial year in whose prices money is
---The risk-adjusted figure beside the unadjusted one, and how much of it rests on what status.
---@param given? remit.args.risk
---@return remit.frame
function model:risk(given) end

---@class remit.args.unidentified
---@field at? string the month
---Savings that nobody has said where from: the amount, and the WTE that it would take at average cost.
---@param given remit.args.unidentified
---@return remit.frame
function model:unidentified(given) end

---@class remit.args.taken
---@field at? string the month
---What each kind gave to cuts that take from one after another: what was there, taken and left, with WTE and people.
---@param given remit.args.taken
---@return remit.frame
function model:taken(given) end

---@class remit.args.structure
---@field at? string the month; on a base the as-at month
---@field leaders? table tests of the posts that lead
---@field professions? table what leadership needs: names, and tests of the profession
---@field groups? string a test of the groups whose leadership is looked at
---Group by team by level, WTE without a home, professions missing from a group's leadership.
---@param given? remit.args.structure
---@return remit.frame
function model:structure(given) end

---@class remit.args.checks
---@field at? string the month; on a base the as-at month
---@field envelope? remit.envelope the cap to hold it against
---@field own? table checks of the analyst's own: remit.check { ... }, or tables with the same fields
---@field min_saving? string|number|remit.param the saving that each transfer must make for the system
---@field max_taken? string|number|remit.param the most of what was there that non-pay or posts may give to a cut with take; without it max_taken of assumptions.csv, else 50%
---@field leaders? table tests of the posts that lead
---@field principles? boolean whether the ten design principles are listed
---Named checks, the toolkit's and the analyst's own: pass, fail, open, with evidence.
---@param given? remit.args.checks
---@return remit.frame
function model:checks(given) end

---@class remit.args.classify
---@field override? string|table a CSV file, or a list of { fn =, set = { class = ... }, owner =, reason =, expires = }
---@field at? string the month in which overrides must still hold; by default the as-at month
---A model whose functions (or lines) carry the outcome of a decision table.
---@param decisions remit.decision_table
---@param given? remit.args.classify
---@return remit.model
function model:classify(decisions, given) end

---@class remit.args.assign
---@field at? string the month of the figures that rules test; on a base the as-at month
---A model whose functions carry their level, and who is accountable, delivers, hosts and funds.
---@param rules remit.subsidiarity
---@param given? remit.args.assign
---@return remit.model
function model:assign(rules, given) end

---@class remit.args.explain
---@field at? string the month; on a base the as-at month
---@field dim? string the dimension of the member; by default functions, then whatever has the attribute
---Why a member has the value that it has: the rule, its inputs, what nearly applied, the source; of a post's cost the rates.
---Or of a figure, explain("cost", { at = ... }): each change that touched it.
---@param id string a function, a member of another dimension, or a measure
---@param attribute? string|table class, level...; or of a figure its at, where, change
---@param given? remit.args.explain or, of a member's figure, what a figure takes
---@return remit.explanation
function model:explain(id, attribute, given) end

---@class remit.args.depends
---@field fn? string a test of the functions that need
---@field needs? string a test of the functions that are needed
---@field kind? string a test of the kinds
---@field matrix? boolean functions by functions, with the kinds in the cells
---Which functions need which, as a frame.
---@param given? remit.args.depends
---@return remit.frame
function model:depends(given) end

---@class remit.args.closure
---@field kind? string a test of the kinds of dependency to follow; all by default
---@field where? table the lines that make up the price; all by default
---@field at? string the month of the price
---What else must move when functions move: what they need and their own parts, with the way there and the price.
---@param ids string|string[]
---@param given? remit.args.closure
---@return remit.frame
function model:closure(ids, given) end

---The circles that dependencies run in.
---@return remit.frame
function model:cycles() end

---Statutory duties: the functions that serve each, who is accountable, and what is wrong.
---@return remit.frame
function model:duties() end

---@class remit.args.reduction
---@field reduce_wte number|remit.param the WTE to take out of the establishment
---@field vacancies? number|remit.param vacant WTE; the model's own by default
---@field at? string the month; on a base the as-at month
---@field refill? table how many vacancies are filled after all, one row each
---What is left to reduce in post once vacancies are surrendered.
---@param given remit.args.reduction
---@return remit.frame
function model:reduction(given) end

---What `posts`, `lines` and `functions` give. `a & b` is both, `a | b` either, `~a` the rest; `tostring` shows the tests.
---@class remit.selection
local selection = {}

---How many: posts of a selection of posts (a partly filled one once), else lines.
---@return integer
function selection:count() end

---One figure of the selected lines.
---@param measure string
---@param given? { at?: string, basis?: string, period?: string }
---@return number
function selection:sum(measure, given) end

---A frame of the selected lines by dimensions.
---@param given table as model:pivot
---@return remit.frame
function selection:pivot(given) end

---The first lines as a frame.
---@param count? integer default 10
---@return remit.frame
function selection:head(count) end

---Goes through the selected lines: `for line in selection:each() do print(line.id, line.cost) end`.
---@return fun(): table?
function selection:each() end

---What `dim` gives.
---@class remit.dimension
local dimension = {}

---Every member with its attributes, as a frame.
---@return remit.frame
function dimension:members() end

---The names of its attributes: what `by = { "fn.class" }` and nested tests may use.
---@return string[]
function dimension:attributes() end

---The ids by depth of the tree: roots first. One list when members have no parents.
---@return string[][]
function dimension:levels() end

---The one member that `text` means: by id, name or alias, or the only one whose id, name or alias contains it.
---@param text string
---@return table? member its attributes by name, string? message
function dimension:find(text) end

---What `remit.subsidiarity` gives; a model's `assign` applies it.
---@class remit.subsidiarity
local subsidiarity = {}

---Every function with its level, and who is accountable, delivers, hosts and funds.
---@param model remit.model
---@return remit.frame
function subsidiarity:outcome(model) end

---The functions whose tests contradict, with the reasons of both sides.
---@param model remit.model
---@return remit.frame
function subsidiarity:contested(model) end

---Which function lacks which criterion, and the rules that could not be asked of it.
---@param model remit.model
---@return remit.frame
function subsidiarity:missing(model) end

---Every rule with how many functions it passes for, and what to look at.
---@param model remit.model
---@return remit.frame
function subsidiarity:verify(model) end

---Where a level serves more or fewer people than it usually does.
---@param model remit.model
---@return remit.frame
function subsidiarity:warnings(model) end

---@class remit.args.subsidiarity_prices
---@field fn? string|string[] functions; all that have a curve when it is left out
---@field levels? string|string[] levels; all that have a curve when it is left out
---What functions would cost at levels: fixed for each instance and variable per head.
---@param model remit.model
---@param given? remit.args.subsidiarity_prices
---@return remit.frame
function subsidiarity:prices(model, given) end

---What `remit.envelope` gives.
---@class remit.envelope
local envelope = {}

---@class remit.args.envelope_check
---@field at? string|string[] months, one row each
---@field by? "month" every month from `from` to `to`
---@field from? string first month
---@field to? string last month, included
---@field basis? string|string[] bases to show side by side instead of the envelope's own
---@field risk? "confidence"|"planned"|"agreed"|"delivered" risk-adjusted: changes by their confidence, or only those at least so firm
---Cost against the cap, month by month: run rate, pounds a head, distance from the cap, ok or BREACH.
---@param model remit.model
---@param given? remit.args.envelope_check
---@return remit.frame
function envelope:check(model, given) end

---@class remit.args.envelope_headroom
---@field at? string the month
---Pounds below the cap in a month; negative when above it.
---@param model remit.model
---@param given? remit.args.envelope_headroom
---@return number
function envelope:headroom(model, given) end

---The first month in which the cost is within the cap: of a base its own month, of a scenario the months up to its last change.
---@param model remit.model
---@return string? month, string? message
function envelope:first_ok(model) end

---@class remit.args.envelope_variants
---@field name string what the perimeter is called
---@field include? table instead of the envelope's own
---@field exclude? table instead of the envelope's own
---The same cap held against other perimeters.
---@param model remit.model
---@param list table[] { name =, include =, exclude = }
---@param given? remit.args.envelope_variants
---@return remit.frame
function envelope:variants(model, list, given) end

---What `remit.crosswalk` gives.
---@class remit.crosswalk
local crosswalk = {}

---A model whose lines of unknown functions have gone where the confirmed rows say; lines that no row knows stay.
---@param model remit.model loaded with unmapped = "park"
---@return remit.model
function crosswalk:apply(model) end

---@class remit.args.crosswalk_suggest
---@field field? string the field of the lines that has the local names
---@field max? integer the most functions for a name
---@field least? number the least likeness, 0 to 1
---For each local name without a function, the functions most like it: nothing is assigned by likeness. A name's lines and cost stand in its first row.
---@param model remit.model loaded with unmapped = "park"
---@param given? remit.args.crosswalk_suggest
---@return remit.frame
function crosswalk:suggest(model, given) end

---How a model's lines find their functions: by name, by rule, or not; and those that several rows would take to different functions, which count
---once, by the first.
---@param model remit.model
---@return remit.frame
function crosswalk:coverage(model) end

---The rows, as a frame.
---@return remit.frame
function crosswalk:rows() end

---@class remit.args.crosswalk_save
---@field suggest? remit.model adds a suggested row for each of this model's local names that has no function
---@field field? string as of suggest
---@field least? number as of suggest
---Writes the crosswalk as a CSV file; with `suggest`, and suggested rows for that model's open names, which become valid when their status is confirmed.
---@param path string
---@param given? remit.args.crosswalk_save
---@return remit.crosswalk self
function crosswalk:save(path, given) end

---What `remit.compare` gives.
---@class remit.compare
local compare = {}

---@class remit.args.compare_diff
---@field of string dimension.attribute, such as fn.class, or a measure, such as cost
---@field at? string the month; not for a recurrent figure
---@field basis? "funded"|"in_post" which cost
---@field period? "run_rate"|"in_year"|"recurrent"|"part_year"|"cumulative" which part of cost
---@field from? string first month of a cumulative figure
---@field prices? any the financial year in whose prices money is
---@field where? table tests of the lines
---@field risk? "confidence"|"planned"|"agreed"|"delivered" risk-adjusted: changes by their confidence, or only those at least so firm
---Which members differ in an attribute, with what their lines cost in the first model.
---@param given remit.args.compare_diff
---@return remit.frame
function compare:diff(given) end

---@class remit.args.compare_table
---@field by? string|string[] dimensions or dimension.attribute
---@field measures? string|string[] what to measure
---@field at? string the month; not for a recurrent figure
---@field basis? "funded"|"in_post" which cost
---@field period? "run_rate"|"in_year"|"recurrent"|"part_year"|"cumulative" which part of cost
---@field from? string first month of a cumulative figure
---@field prices? any the financial year in whose prices money is
---@field where? table tests of the lines
---@field risk? "confidence"|"planned"|"agreed"|"delivered" risk-adjusted: changes by their confidence, or only those at least so firm
---Figures of each model side by side, with the change from the first to the last.
---@param given remit.args.compare_table
---@return remit.frame
function compare:table(given) end

---@class remit.args.compare_bridge
---@field measure? string what to measure
---@field at? string the month; not for a recurrent figure
---@field basis? "funded"|"in_post" which cost
---@field period? "run_rate"|"in_year"|"recurrent"|"part_year"|"cumulative" which part of cost
---@field from? string first month of a cumulative figure
---@field prices? any the financial year in whose prices money is
---@field where? table tests of the lines
---@field risk? "confidence"|"planned"|"agreed"|"delivered" risk-adjusted: changes by their confidence, or only those at least so firm
---What each change is worth, whatever their order; the parts add up to the difference.
---@param given remit.args.compare_bridge
---@return remit.frame
function compare:bridge(given) end

---@class remit.args.compare_ledger
---@field from? string first month; the first that differs without it
---@field to? string last month, included; the last that differs without it
---@field basis? "funded"|"in_post" which cost
---@field prices? any the financial year in whose prices money is; the pack's own without it
---@field envelope? remit.envelope the cap: lines that it leaves out are outside; without it all lines are inside
---What the last scenario costs each ledger more or less than the first, by month and in total.
---@param given? remit.args.compare_ledger
---@return remit.frame
function compare:ledger(given) end

---What `remit.chart` gives; `print(chart)` shows bars.
---@class remit.chart
local chart = {}

---The drawings as SVG, most often one; `id` must be unlike any other on its page. A heat table of more than fifty rows comes in pages, whose
---titles say so.
---@param id string
---@param alone? boolean with its own colours, for a file of its own
---@return string[]
function chart:svg(id, alone) end

---What the chart shows, in words made from its data.
---@return string
function chart:description() end

---Writes the drawing as an SVG file; further pages into NAME-2.svg, NAME-3.svg...
---@param path string
---@return remit.chart self
function chart:save(path) end

---What `remit.report` gives; `print(report)` lists its sections.
---@class remit.report
local report = {}

---The frames of a section, those behind its charts too.
---@param id string
---@return remit.frame[]
function report:frames(id) end

---The charts of a section.
---@param id string
---@return remit.chart[]
function report:charts(id) end

---What a section says in words.
---@param id string
---@return string[]
function report:text(id) end

---The sections with how many tables and charts they have, and why some are left out.
---@return remit.frame
function report:sections() end

---Writes the report as each path ends: .html, .xlsx or .md. All paths are looked at before anything is written, and each file is
---written beside its target and put in its place when it is whole.
---@param ... string paths
---@return remit.report self
function report:save(...) end

---What `remit.submission` gives.
---@class remit.submission
local submission = {}

---@class remit.args.submission_fill
---@field template? string a file of the same ending, of which all else is kept
---Fills the template's cells from a model and writes them; nothing is written while a control total does not hold. Nothing is withheld: a return to
---NHS England is no publication.
---@param model remit.model
---@param path string .csv or .xlsx
---@param given? remit.args.submission_fill
---@return remit.frame what was filled
function submission:fill(model, path, given) end

---What `remit.rates` gives.
---@class remit.rates
local rates = {}

---@class remit.args.rates_cost
---@field band? string the pay band
---@field point? string entry, intermediate or top
---@field salary? number a full-time year's salary, instead of band and point
---@field wte? number whole-time equivalents
---@field employer_type? string nhs or council
---Salary, on-costs and total in pounds.
---@param given remit.args.rates_cost
---@return table<string, number>
function rates:cost(given) end

---What `remit.param` gives: put it where a figure is taken, such as `per_head` and `population` of an envelope. It has no calls of its own.
---@class remit.param
local param = {}

---What `remit.decision_table` gives; a model's `classify` applies it.
---@class remit.decision_table
local decision_table = {}

---The rules as a frame: the row of the file, the tests, what is set, why.
---@return remit.frame
function decision_table:rules() end

---What is wrong with the rules: overlaps and gaps, in theory and for this model, and rules that nothing matches.
---@param model remit.model
---@return remit.verification
function decision_table:verify(model) end

---What `verify` of a decision table gives; `print` shows it.
---@class remit.verification
local verification = {}

---Whether nothing is wrong: no overlap that the hit policy forbids, no gap and no hidden rule, neither in theory nor in the model. Remarks (idle
---rules, rules that test nothing or give no reason) are not wrong.
---@param where? "theory"|"pack" only there
---@return boolean
function verification:ok(where) end

---What was found as a frame, a row a finding: where (theory, pack or the rules themselves), the rules, and of which values.
---@return remit.frame
function verification:frame() end

---What the function of `remit.test` is given.
---@class remit.test
local t = {}

---Fails unless the value is true, or at least something.
---@param value any
---@param message? string what it means that it is not
function t:ok(value, message) end

---Fails unless both are the same: figures, texts, or tables by what they hold.
---@param actual any
---@param expected any
function t:same(actual, expected) end

---Fails unless a figure is what is expected, within the tolerance.
---@param actual number
---@param expected number
---@param given? { tolerance?: number|string }
function t:figure(actual, expected, given) end

---@class remit.args.t_figures
---@field tolerance? any what a figure may be off: a number, "0.5%", or either by measure: { cost = "0.1%", wte = 0.05 }
---Fails unless the frame has these figures: by the label of its row, then by column. Rows and columns that are not named are not looked at.
---@param frame remit.frame with one key
---@param expected table<string, table<string, number|string>>
---@param given? remit.args.t_figures
function t:figures(frame, expected, given) end

---Fails unless the function raises, with this text in its message.
---@param f fun()
---@param text? string
---@return any raised
function t:raises(f, text) end

---A result. `print(frame)` shows it, `#frame` counts its rows, totals included. It does not change: each call gives a new one.
---@class remit.frame
local frame = {}

---The rows one by one, as plain tables: labels, months as "2026-04", pounds and WTE as numbers, remit.none for no value. Frames with
---totals also give how many keys a row has set: `level` (0: the grand total, -1: the others), or "#level" where a column is called level.
---
---    for row in frame:rows() do print(row.fn, row.cost) end
---@return fun(): table<string, any>?
function frame:rows() end

---The names of the columns, as `get`, `where` and `sort` want them.
---@return string[] names in the order shown
function frame:columns() end

---One value. `row` is a number, or in a frame with one key its label ("grow", "Total", "(others)", "(none)" or remit.none), or what it shows of it.
---@param row integer|string|remit.none
---@param column string
---@return number|string|remit.none
function frame:get(row, column) end

---The rows that pass a test for each column named, in the test language: where { fn = "not(chc)", cost = "> 1000" }. Totals and
---"(others)" are left out, for they would not be the totals of what is left.
---@param tests table<string, string|number>
---@return remit.frame
function frame:where(tests) end

---@class remit.args.frame_sort
---@field by string|string[] the column, or several, the first counting most
---@field ascending? boolean smallest first; by default labels and months ascend, figures descend
---Rows by a column: figures largest first, labels and months ascending, unless `ascending` says otherwise. Missing values come last.
---Within totals, groups are sorted by their subtotal and rows within their group.
---@param by string|{ by: string|string[], ascending?: boolean }
---@return remit.frame
function frame:sort(by) end

---The n rows with the largest figures, largest first; totals and "(others)" are left out.
---@param n integer
---@param column? string default: the first column of figures
---@return remit.frame
function frame:top(n, column) end

---@class remit.args.frame_with_column
---@field display? "£"|"£p"|"£m"|"£/head"|"WTE"|"count"|"%"|"month"|"number"|"text" how it is written; default number or text, by the values
---@field title? string its heading
---@field sign? boolean + before figures above zero
---A further column: f is given each row, as rows() gives it, totals included, and returns its value there (nil or remit.none: no value).
---@param name string
---@param f fun(row: table): number|string|nil
---@param options? remit.args.frame_with_column
---@return remit.frame
function frame:with_column(name, f, options) end

---The columns of another frame beside these, matched by one key column; rows that it lacks have no values there. A name that both have
---gets "_2". A key that stands twice in the other frame is refused. A grand total meets the grand total.
---@param other remit.frame
---@param key string a column of this frame
---@param their_key? string what the other frame calls it, when that is another name
---@return remit.frame
function frame:join(other, key, their_key) end

---@class remit.args.frame_suppress
---@field rule "nhs-1to7-round5"|"threshold"|"none" threshold; or 1 to 7 withheld and the other counts rounded to 5; or none
---@field threshold? integer with rule = "threshold": figures by fewer than this are withheld
---@field counts? string|string[] the columns with the numbers behind the figures; default: posts, filled_posts, heads, as there are
---@field with? table other tables that are published too: all are protected together, and given back after the first
---Figures by few posts or people are withheld and shown as [c], with others that would give them away. `with` names further tables that are
---published: they are protected together, and come back after the first.
---@param given remit.args.frame_suppress
---@return remit.frame
---@return remit.frame ...
function frame:suppress(given) end

---@class remit.args.frame_text
---@field ascii? boolean rules of hyphens
---@field max_rows? integer leave out what follows, and say so
---@field width? integer fold what is wider: further columns stand below, with the keys again
---What tostring gives, with options.
---@param options? remit.args.frame_text
---@return string
function frame:text(options) end

---CSV: a heading of names, figures without separators. Totals are told apart by a last column "#level".
---@return string
function frame:csv() end

---JSON: one object with what is said of the figures, the columns with their units, and the rows as arrays. Figures are exact.
---@return string
function frame:json() end

---A pipe table under its caption.
---@return string
function frame:markdown() end

---@class remit.args.frame_bars
---@field width? integer characters of the longest bar
---@field ascii? boolean bars of # (below zero -)
---Bars for a terminal, totals left out; a figure below zero has a lighter bar.
---@param column string
---@param options? remit.args.frame_bars
---@return string
function frame:bars(column, options) end

---@class remit.args.frame_sparks
---@field ascii? boolean digits, 1 lowest and 8 highest
---Months as sparklines for a terminal: each group's first figure, a line between its own lowest and highest, its last. Totals are left out.
---@param column string
---@param options? remit.args.frame_sparks
---@return string
function frame:sparks(column, options) end

---Writes the frame as its path ends: .csv, .json, .md or .txt. CSV has no place for what is said of the figures (basis, prices, month, model,
---notes): that goes into a second file, NAME.csv.about.txt.
---@param path string
---@return remit.frame self
function frame:save(path) end

---In a script that `remit` runs.
---@type remit
_G.remit = remit

return remit
