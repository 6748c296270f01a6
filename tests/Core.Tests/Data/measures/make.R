# Writes the data sets and expected.json beside this file: each expected value with the call that gave it.
#   Rscript make.R FOLDER_OF_tcga-lgg FOLDER_TO_WRITE
# R 4.2.2 with survival 3.5-3, riskRegression 2022.11.28, pec 2022.05.04, prodlim 2019.11.13, cmprsk 2.2-11, maxstat 0.7-25, pROC 1.18.0,
# rms 6.5-0, Hmisc 4.8-0.
suppressMessages({library(survival); library(riskRegression); library(pec); library(prodlim); library(cmprsk); library(maxstat); library(pROC)
  library(rms); library(Hmisc); library(jsonlite)})
out <- commandArgs(TRUE)[2]
write <- function(d, name) write.csv(d, file.path(out, name), row.names = FALSE, quote = FALSE)
expected <- list()
record <- function(name, call) {
  call <- substitute(call)
  expected[[name]] <<- list(call = paste(deparse(call, width.cutoff = 500), collapse = " "), value = eval(call, globalenv()))
}

# Data of R's own, complete rows.
d <- survival::lung; d$status <- d$status - 1; d$sex <- d$sex - 1
lung <- d[complete.cases(d[, c("time", "status", "age", "sex", "ph.ecog", "ph.karno")]), c("time", "status", "age", "sex", "ph.ecog", "ph.karno")]
write(lung, "lung.csv")
d <- survival::veteran
veteran <- data.frame(time = d$time, status = d$status, karno = d$karno, age = d$age, cell = as.integer(d$celltype) - 1, trt = d$trt - 1)
write(veteran, "veteran.csv")
# tcga-lgg stays where it is: the tests read these columns of its table.
d <- read.csv(file.path(commandArgs(TRUE)[1], "clinical.csv"))
lgg <- d[!is.na(d$os_days) & !is.na(d$death) & !is.na(d$age_years) & d$os_days > 0, c("os_days", "death", "age_years")]
names(lgg) <- c("time", "status", "age")

# Kaplan-Meier
km <- function(d, type = "log", weights = NULL) {
  f <- survfit(Surv(time, status) ~ 1, d, conf.type = type, weights = weights)
  list(time = f$time, n.risk = f$n.risk, n.event = f$n.event, surv = f$surv, std.err = f$std.err * f$surv, lower = f$lower, upper = f$upper)
}
record("lung.km.log", km(lung))
record("lung.km.log-log", km(lung, "log-log"))
record("lung.km.plain", km(lung, "plain"))
record("lgg.km.log-log", km(lgg, "log-log"))
record("lung.quantiles", as.list(as.data.frame(lapply(quantile(survfit(Surv(time, status) ~ 1, lung), c(0.25, 0.5, 0.75)), unname))))
record("lgg.median.log-log", unlist(lapply(quantile(survfit(Surv(time, status) ~ 1, lgg, conf.type = "log-log"), 0.5), unname)))
record("flat.median", unname(quantile(survfit(Surv(c(1, 2, 4, 7), c(1, 1, 1, 0)) ~ 1), 0.5, conf.int = FALSE)))
record("flat.end.median", unname(quantile(survfit(Surv(c(1, 2, 4, 7), c(1, 1, 0, 0)) ~ 1), 0.5, conf.int = FALSE)))
record("lung.chaz", { f <- survfit(Surv(time, status) ~ 1, lung); e <- f$n.event > 0; list(time = f$time[e], hazard = f$cumhaz[e], se = f$std.chaz[e]) })
record("lung.censoring", { f <- prodlim(Hist(time, status) ~ 1, lung, reverse = TRUE); list(time = f$time, surv = f$surv) })

# Log-rank
test <- function(f) list(chisq = f$chisq, obs = unname(as.numeric(f$obs)), exp = unname(as.numeric(f$exp)), df = length(f$n) - 1)
record("lung.logrank.sex", test(survdiff(Surv(time, status) ~ sex, lung)))
record("veteran.logrank.cell", test(survdiff(Surv(time, status) ~ cell, veteran)))
record("lgg.logrank.age40", test(survdiff(Surv(time, status) ~ (age > 40), lgg)))

# Concordance
counts <- function(f) c(f$concordance, unname(f$count[c("concordant", "discordant", "tied.x")]))
record("lung.harrell.age", counts(concordance(Surv(time, status) ~ age, lung, reverse = TRUE, timefix = FALSE)))
record("veteran.harrell.karno", counts(concordance(Surv(time, status) ~ I(-karno), veteran, reverse = TRUE)))
record("veteran.harrell.weighted", counts(concordance(Surv(time, status) ~ I(-karno), veteran, reverse = TRUE, weights = rep(c(0.5, 1, 2), length.out = 137))))
record("lgg.harrell.age", counts(concordance(Surv(time, status) ~ age, lgg, reverse = TRUE)))
record("lung.uno.age", counts(concordance(Surv(time, status) ~ age, lung, reverse = TRUE, timewt = "n/G2")))
record("lung.uno.age.tau", counts(concordance(Surv(time, status) ~ age, lung, reverse = TRUE, timewt = "n/G2", ymax = 500)))
record("veteran.uno.karno.tau", counts(concordance(Surv(time, status) ~ I(-karno), veteran, reverse = TRUE, timewt = "n/G2", ymax = 200)))
record("lgg.uno.age.tau", counts(concordance(Surv(time, status) ~ age, lgg, reverse = TRUE, timewt = "n/G2", ymax = 1500)))

# IPCW AUC and Brier: predicted survival by a Cox model of the same rows (only a source of predictions, written to the file)
predictions <- function(d, formula, at) {
  fit <- coxph(formula, d, x = TRUE, ties = "breslow")
  list(lp = unname(fit$linear.predictors), survival = unname(1 - predictRisk(fit, newdata = d, times = at)))
}
score <- function(d, p, at) {
  s <- Score(list(m = 1 - p$survival), formula = Surv(time, status) ~ 1, data = d, times = at, metrics = c("auc", "brier"), cens.model = "km",
             se.fit = FALSE, conf.int = FALSE, summary = "ipa")
  list(auc = s$AUC$score[model == "m"]$AUC, brier = s$Brier$score[model == "m"]$Brier, null = s$Brier$score[model == "Null model"]$Brier,
       ipa = s$Brier$score[model == "m"]$IPA)
}
lung.at <- c(100, 200, 365, 500, 700); lgg.at <- c(365, 730, 1095, 1500)
record("lung.predictions", predictions(lung, Surv(time, status) ~ age + sex + ph.ecog, lung.at))
record("lgg.predictions", predictions(lgg, Surv(time, status) ~ age, lgg.at))
record("lung.score", score(lung, expected[["lung.predictions"]]$value, lung.at))
record("lgg.score", score(lgg, expected[["lgg.predictions"]]$value, lgg.at))
record("lung.pec", {
  f <- pec(list(m = cbind(1, expected[["lung.predictions"]]$value$survival)), formula = Surv(time, status) ~ 1, data = lung, times = c(0, lung.at), exact = FALSE,
           cens.model = "marginal", start = 0, verbose = FALSE, reference = FALSE)
  list(time = f$time, brier = f$AppErr$m, ibs = c(crps(f, times = 700)), ibs.500.from.100 = c(crps(f, times = 500, start = 100)))
})
write_json(expected, file.path(out, "expected.json"), digits = 15, auto_unbox = TRUE, pretty = FALSE, na = "null")
