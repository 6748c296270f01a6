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
record("lgg.km.log-log", { f <- summary(survfit(Surv(time, status) ~ 1, lgg, conf.type = "log-log"), times = c(200, 730, 1095, 1500, 2500))
  list(time = f$time, n.risk = f$n.risk, surv = f$surv, std.err = f$std.err, lower = f$lower, upper = f$upper) })
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
# Of tcga-lgg no row leaves its table: the tests compute the same predictions.
lgg.survival <- sapply(lgg.at, function(t) exp(-t / 3000 * exp((lgg$age - 45) / 25)))
record("lung.predictions", predictions(lung, Surv(time, status) ~ age + sex + ph.ecog, lung.at))
record("lung.score", score(lung, expected[["lung.predictions"]]$value, lung.at))
record("lgg.score", score(lgg, list(survival = lgg.survival), lgg.at))
record("lung.pec", {
  f <- pec(list(m = cbind(1, expected[["lung.predictions"]]$value$survival)), formula = Surv(time, status) ~ 1, data = lung, times = c(0, lung.at), exact = FALSE,
           cens.model = "marginal", start = 0, verbose = FALSE, reference = FALSE)
  list(time = f$time, brier = f$AppErr$m, ibs = c(crps(f, times = 700)), ibs.500.from.100 = c(crps(f, times = 500, start = 100)))
})

# Calibration at a horizon
cox <- function(f) c(unname(coef(f)), sqrt(vcov(f)[1, 1]))
record("lung.cox.age.efron", cox(coxph(Surv(time, status) ~ age, lung, control = coxph.control(eps = 1e-11))))
record("lung.cox.age.breslow", cox(coxph(Surv(time, status) ~ age, lung, ties = "breslow", control = coxph.control(eps = 1e-11))))
record("veteran.cox.karno.weighted", cox(coxph(Surv(time, status) ~ karno, veteran, weights = rep(c(0.5, 1, 2), length.out = 137), robust = FALSE, control = coxph.control(eps = 1e-11))))
record("lgg.cox.age", cox(coxph(Surv(time, status) ~ age, lgg, control = coxph.control(eps = 1e-11))))
record("lung.jackknife.365", as.numeric(prodlim::jackknife(prodlim(Hist(time, status) ~ 1, data = lung), times = 365)))
record("lung.groups.365", {
  risk <- 1 - expected[["lung.predictions"]]$value$survival[, 3]
  g <- cut(risk, c(-Inf, quantile(risk, 1:3 / 4), Inf))
  lapply(split(seq_along(risk), g), function(i) {
    f <- summary(survfit(Surv(time, status) ~ 1, lung[i, ], conf.type = "log-log"), times = 365)
    c(length(i), mean(risk[i]), 1 - f$surv, 1 - f$upper, 1 - f$lower)
  }) |> unname()
})

# Maximally selected log-rank statistic
cutoff <- function(d, f, ...) {
  m92 <- maxstat.test(f, data = d, smethod = "LogRank", pmethod = "Lau92", ...)
  m94 <- maxstat.test(f, data = d, smethod = "LogRank", pmethod = "Lau94", ...)
  unname(c(m92$estimate, m92$statistic, m92$p.value, m94$p.value))
}
record("lung.maxstat.age", cutoff(lung, Surv(time, status) ~ age))
record("veteran.maxstat.karno", cutoff(veteran, Surv(time, status) ~ karno, minprop = 0.2, maxprop = 0.8))
record("lgg.maxstat.age", cutoff(lgg, Surv(time, status) ~ age))

# Competing risks: transplant (1) and death (2)
d <- survival::pbc
pbc <- data.frame(time = d$time, status = d$status, female = as.integer(d$sex == "f"), stage = d$stage)[!is.na(d$stage), ]
write(pbc, "pbc.csv")
incidence <- function(f, cause, at) { t <- timepoints(f, at); list(time = at, est = unname(t$est[cause, ]), var = unname(t$var[cause, ])) }
record("pbc.cuminc.transplant", incidence(cuminc(pbc$time, pbc$status), 1, c(500, 1000, 2000, 3000, 4000)))
record("pbc.cuminc.death", incidence(cuminc(pbc$time, pbc$status), 2, c(500, 1000, 2000, 3000, 4000)))
record("pbc.gray.stage", unname(cuminc(pbc$time, pbc$status, pbc$stage)$Tests))
record("pbc.gray.female", unname(cuminc(pbc$time, pbc$status, pbc$female)$Tests))
record("ties.cuminc", { f <- cuminc(c(1, 2, 2, 3, 4, 5, 5, 6, 7, 8), c(1, 2, 1, 0, 1, 2, 0, 1, 0, 1)); incidence(f, 1, c(1, 2, 4, 6, 8)) })
record("ties.gray", unname(cuminc(c(1, 2, 2, 3, 4, 5, 5, 6, 7, 8, 8, 3), c(1, 2, 1, 0, 1, 2, 0, 1, 0, 1, 1, 2), rep(0:1, 6))$Tests))
write_json(expected, file.path(out, "expected.json"), digits = 15, auto_unbox = TRUE, pretty = FALSE, na = "null")
