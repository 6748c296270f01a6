# Rscript make_validate.R <reference data> <folder of the tests' data>: Harrell's optimism by rms on given bootstrap samples.
# R 4.2.2, rms 6.5-0, Hmisc 4.8-0, survival 3.5-3. validate.samples.csv, one sample a line with rows from 0, holds the samples of the product's
# plan. Two things of rms are replaced in its namespace and nothing else: what it draws (predab.resample's call of sample), and how far its fits
# converge, which validate leaves at eps = 0.025 (lrm.fit) and 1e-4 (coxphFit).
suppressMessages({library(jsonlite); library(rms)})
arguments <- commandArgs(TRUE); reference <- arguments[1]; data <- arguments[2]
lines <- strsplit(readLines(file.path(data, "r", "validate.samples.csv")), ",")
samples <- function(name) lapply(Filter(function(l) l[1] == name, lines), function(l) as.integer(strsplit(l[2], " ")[[1]]) + 1L)
drawn <- NULL; at <- 0
given <- new.env(parent = asNamespace("rms"))
given$sample <- function(n, replace) { at <<- at + 1; stopifnot(replace, length(drawn[[at]]) == n); drawn[[at]] }
given$print <- function(x, ...) each <<- c(each, list(x))   # of each sample, with pr = TRUE
resample <- rms:::predab.resample; environment(resample) <- given; assignInNamespace("predab.resample", resample, "rms")
tight <- lrm.fit; formals(tight)$eps <- 1e-8; assignInNamespace("lrm.fit", tight, "rms")
cox <- rms:::coxphFit; assignInNamespace("coxphFit", function(..., eps, iter.max) cox(..., eps = 1e-13, iter.max = if (iter.max > 0) 50 else 0), "rms")
result <- list(); each <- NULL
record <- function(name, call) {
  quoted <- paste(deparse(substitute(call), width.cutoff = 500), collapse = " ")
  drawn <<- samples(name); at <<- 0; each <<- NULL
  invisible(capture.output(v <- call))
  stopifnot(at == 40, all(v[, "n"] == 40))
  index <- function(row) unname(v[row, c("index.orig", "training", "test", "optimism", "index.corrected")])
  of <- function(column) unname(sapply(each, function(m) m["Dxy", column]))
  value <- list(dxy = index("Dxy"), slope = index("Slope"), training.dxy = of("training"), test.dxy = of("test"))
  if ("B" %in% rownames(v)) { value$brier <- index("B"); value$intercept <- index("Intercept") }
  result[[name]] <<- list(call = quoted, value = value)
}
asah <- read.csv(file.path(data, "measures", "aneurysm.csv"))
record("asah", validate(lrm(poor ~ age + s100b + wfns, asah, x = TRUE, y = TRUE, eps = 1e-13, maxit = 100), B = 40, pr = TRUE))
lung <- na.omit(read.csv(file.path(data, "sets", "lung.csv")))
record("lung", validate(cph(Surv(time, status == 2) ~ age + sex + ph.ecog + wt.loss, lung, x = TRUE, y = TRUE, eps = 1e-13, iter.max = 100), B = 40, pr = TRUE, dxy = TRUE))
clinical <- read.csv(file.path(reference, "tcga-lgg", "clinical.csv")); semantic <- read.csv(file.path(reference, "tcga-lgg", "semantic.csv"))
d <- merge(clinical, semantic, by = "case_id"); columns <- c("age_years", paste0("vasari_f", c(1, 2, 3, 4, 5, 9, 14)))
for (k in c(columns, "idh1_mutated", "death", "os_days")) d[[k]] <- suppressWarnings(as.numeric(as.character(d[[k]])))
binary <- d[complete.cases(d[, c(columns, "idh1_mutated")]), ]; binary <- binary[order(binary$case_id), ]
survived <- d[complete.cases(d[, c(columns, "death", "os_days")]) & d$os_days > 0, ]; survived <- survived[order(survived$case_id), ]
record("lgg.idh1", validate(lrm(idh1_mutated ~ age_years + vasari_f4 + vasari_f5, binary, x = TRUE, y = TRUE, eps = 1e-13, maxit = 100), B = 40, pr = TRUE))
record("lgg.os", validate(cph(Surv(os_days, death) ~ age_years + vasari_f4 + vasari_f5, survived, x = TRUE, y = TRUE, eps = 1e-13, iter.max = 100), B = 40, pr = TRUE, dxy = TRUE))
write_json(result, file.path(data, "r", "validate.json"), digits = 15, auto_unbox = TRUE, na = "null")
