# SPDX-License-Identifier: Apache-2.0
# R's data.table as one of the engines that run.lua asks, in the words of engine.lua: Rscript peer_datatable.R PACK THREADS
# Keys are factors. Figures are doubles, which hold these sums exactly: R's integers end at two thousand million.

suppressPackageStartupMessages(library(data.table))
arguments <- commandArgs(trailingOnly = TRUE)
pack <- arguments[1]
setDTthreads(as.integer(arguments[2]))
path <- file.path(pack, "posts.csv")

posts <- fread(path, select = list(factor = c("fn", "place", "org", "band"), double = c("wte", "cost")), showProgress = FALSE)
posts[, `:=`(cost = round(cost * 100), wte = round(wte * 1000000))]
number <- function(labels) as.integer(substring(labels, 2))
functions <- data.table(fn = factor(levels(posts$fn), levels(posts$fn)))[, grp := factor(sprintf("g%03d", (number(fn) - 1L) %% 8L + 1L))]
places <- data.table(place = factor(levels(posts$place), levels(posts$place)))[, region := factor(sprintf("r%03d", (number(place) - 1L) %% 7L + 1L))]
posts[, region := places$region[as.integer(place)]]

# GForce, data.table's own fast sum, wants exactly sum(column).
roll_up <- function() {
  finest <- posts[, .(cost = sum(cost), wte = sum(wte)), by = .(fn, place)]
  finest[, `:=`(grp = functions$grp[as.integer(fn)], region = places$region[as.integer(place)])]
  by_region <- finest[, .(cost = sum(cost), wte = sum(wte)), by = .(grp, fn, region)]
  by_fn <- by_region[, .(cost = sum(cost), wte = sum(wte)), by = .(grp, fn)]
  by_group <- by_fn[, .(cost = sum(cost), wte = sum(wte)), by = .(grp)]
  everything <- by_group[, .(cost = sum(cost), wte = sum(wte))]
  rbindlist(list(finest, by_region, by_fn, by_group, everything), use.names = TRUE, fill = TRUE)
}

questions <- list(
  function() posts[, .(cost = sum(cost), wte = sum(wte))],
  function() posts[, .(cost = sum(cost), wte = sum(wte)), by = .(fn)],
  function() posts[, .(cost = sum(cost), wte = sum(wte)), by = .(fn, place)],
  function() posts[, .(cost = sum(cost), wte = sum(wte)), by = .(org, fn, band)],
  function() posts[band %in% c("8a", "8b", "8c", "8d", "9") & region == "r003", .(cost = sum(cost), wte = sum(wte)), by = .(fn)],
  roll_up
)
keys <- list(character(), "fn", c("fn", "place"), c("org", "fn", "band"), "fn", c("grp", "fn", "region", "place"))

show <- function(question) {
  result <- questions[[question]]()
  columns <- lapply(keys[[question]], function(key) {
    labels <- as.character(result[[key]])
    ifelse(is.na(labels), "", labels)
  })
  columns <- c(columns, list(sprintf("%.0f", result$cost), sprintf("%.0f", result$wte)))
  writeLines(c(do.call(paste, c(columns, sep = "|")), "."))
}

# R has no clock finer than a microsecond.
timed <- function(body, times) {
  start <- Sys.time()
  for (i in seq_len(times)) body()
  cat(sprintf("%.0f\n", as.numeric(difftime(Sys.time(), start, units = "secs")) * 1e9))
}

cat("ready", as.character(packageVersion("data.table")), "\n")
input <- file("stdin", "r")
while (length(line <- readLines(input, 1)) > 0) {
  words <- strsplit(line, " ")[[1]]
  if (words[1] == "show") {
    show(as.integer(words[2]))
  } else if (words[1] == "ask") {
    timed(questions[[as.integer(words[2])]], as.integer(words[3]))
  } else if (words[1] == "load") {
    timed(function() fread(path, showProgress = FALSE), 1)
  } else {
    cat("?\n")
  }
  flush(stdout())
}
