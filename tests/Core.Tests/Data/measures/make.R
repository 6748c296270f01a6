# Writes expected.json, each expected value with the call that gave it, and the predictions that it is of. Data sets of R stand in ../sets.
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
d <- survival::veteran
veteran <- data.frame(time = d$time, status = d$status, karno = d$karno, age = d$age, cell = as.integer(d$celltype) - 1, trt = d$trt - 1)
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
record("lung.smooth.365", {
  risk <- 1 - expected[["lung.predictions"]]$value$survival[, 3]; pseudo <- 1 - expected[["lung.jackknife.365"]]$value
  pmin(1, pmax(0, unname(fitted(loess(pseudo ~ risk, span = 0.75, degree = 1, control = loess.control(surface = "direct")))))) })
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
incidence <- function(f, cause, at) { t <- timepoints(f, at); list(time = at, est = unname(t$est[cause, ]), var = unname(t$var[cause, ])) }
record("pbc.cuminc.transplant", incidence(cuminc(pbc$time, pbc$status), 1, c(500, 1000, 2000, 3000, 4000)))
record("pbc.cuminc.death", incidence(cuminc(pbc$time, pbc$status), 2, c(500, 1000, 2000, 3000, 4000)))
record("pbc.gray.stage", unname(cuminc(pbc$time, pbc$status, pbc$stage)$Tests))
record("pbc.gray.female", unname(cuminc(pbc$time, pbc$status, pbc$female)$Tests))
record("ties.cuminc", { f <- cuminc(c(1, 2, 2, 3, 4, 5, 5, 6, 7, 8), c(1, 2, 1, 0, 1, 2, 0, 1, 0, 1)); incidence(f, 1, c(1, 2, 4, 6, 8)) })
record("ties.gray", unname(cuminc(c(1, 2, 2, 3, 4, 5, 5, 6, 7, 8, 8, 3), c(1, 2, 1, 0, 1, 2, 0, 1, 0, 1, 1, 2), rep(0:1, 6))$Tests))

# Classification: aSAH of pROC, complete rows
data(aSAH)
aneurysm <- data.frame(poor = as.integer(aSAH$outcome == "Poor"), s100b = aSAH$s100b, ndka = aSAH$ndka, wfns = as.integer(aSAH$wfns), age = aSAH$age)
aneurysm$old <- fitted(glm(poor ~ age + s100b, binomial, aneurysm))
aneurysm$new <- fitted(glm(poor ~ age + s100b + wfns, binomial, aneurysm))
aneurysm$old <- round(aneurysm$old, 6); aneurysm$new <- round(aneurysm$new, 6)
write(aneurysm, "aneurysm.csv")
with.roc <- function(x) roc(aneurysm$poor, x, levels = 0:1, direction = "<")
record("asah.auc", { f <- ci.auc(with.roc(aneurysm$s100b)); c(f[2], f[1], f[3], var(with.roc(aneurysm$s100b))) })
record("asah.roc.test", { f <- roc.test(with.roc(aneurysm$s100b), with.roc(aneurysm$ndka), method = "delong"); c(unname(f$estimate), unname(f$statistic), f$p.value) })
record("asah.youden", { f <- coords(with.roc(aneurysm$s100b), "best", best.method = "youden"); c(f$threshold, f$sensitivity, f$specificity) })
at <- c("tp", "fp", "tn", "fn", "sensitivity", "specificity", "ppv", "npv", "accuracy")
record("asah.at.0.205", unlist(coords(with.roc(aneurysm$s100b), 0.205, ret = at), use.names = FALSE))
record("exact.26.of.41", binom.test(26, 41)$conf.int[1:2])
record("exact.0.of.7", binom.test(0, 7)$conf.int[1:2])

# Several classes: posterior of a discriminant analysis of iris by its sepals
posterior <- predict(MASS::lda(Species ~ Sepal.Length + Sepal.Width, iris))$posterior
d <- data.frame(species = as.integer(iris$Species) - 1, round(posterior, 6)); write(d, "iris.posterior.csv")
record("iris.hand.till", {
  p <- as.matrix(d[, 2:4]); colnames(p) <- levels(iris$Species)
  # pROC takes the class whose probability it reads as the controls: ">" is the direction in which that class has the higher probability.
  as.numeric(multiclass.roc(iris$Species, p, direction = ">", quiet = TRUE)$auc) })
record("iris.hand.till.by.hand", {
  a <- function(i, j) { k <- d$species %in% c(i, j); as.numeric(auc(roc(d$species[k] == i, d[k, 2 + i], levels = c(FALSE, TRUE), direction = "<"))) }
  mean(c(a(0, 1), a(1, 0), a(0, 2), a(2, 0), a(1, 2), a(2, 1))) })

# Calibration
record("asah.val.prob", { f <- val.prob(aneurysm$new, aneurysm$poor, pl = FALSE); unname(f[c("Eavg", "E90", "Emax", "S:z", "S:p", "Brier")]) })
record("lung.val.prob", {
  risk <- 1 - expected[["lung.predictions"]]$value$survival[, 3]
  f <- val.prob(risk, as.integer(lung$time <= 365 & lung$status == 1), pl = FALSE); unname(f[c("Eavg", "E90", "Emax", "S:z", "S:p", "Brier")]) })
record("asah.lowess", lowess(aneurysm$new, aneurysm$poor, iter = 0)$y)
record("asah.lowess.delta0", lowess(aneurysm$new, aneurysm$poor, iter = 0, delta = 0)$y)
record("cars.lowess", lowess(cars$speed, cars$dist, f = 0.3, iter = 0, delta = 0)$y)
record("cars", cars)
record("cars.measures", {
  p <- 3 * cars$speed; y <- cars$dist; f <- unname(coef(lm(y ~ p)))
  c(sqrt(mean((y - p)^2)), mean(abs(y - p)), 1 - sum((y - p)^2) / sum((y - 50)^2), f, mean(y - p),
    2 * mean((p - mean(p)) * (y - mean(y))) / (mean((p - mean(p))^2) + mean((y - mean(y))^2) + (mean(p) - mean(y))^2)) })

# Utility
nri <- function(f) c(f$nri, f$se.nri, f$nri.ev, f$se.nri.ev, f$nri.ne, f$se.nri.ne, f$idi, f$se.idi)
record("asah.improve", nri(improveProb(aneurysm$old, aneurysm$new, aneurysm$poor)))
categories <- function(p) findInterval(p, c(0.2, 0.5)) / 2
record("asah.improve.categories", nri(improveProb(categories(aneurysm$old), categories(aneurysm$new), aneurysm$poor)))
record("asah.net.benefit", sapply(c(0.1, 0.3, 0.6), function(t) {
  p <- aneurysm$new; y <- aneurysm$poor; n <- length(y)
  c(sum(p >= t & y == 1) / n - sum(p >= t & y == 0) / n * t / (1 - t), mean(y) - (1 - mean(y)) * t / (1 - t)) }) |> t())
record("lung.net.benefit.365", sapply(c(0.2, 0.5, 0.7), function(t) {
  p <- 1 - expected[["lung.predictions"]]$value$survival[, 3]
  risk <- function(d) 1 - summary(survfit(Surv(time, status) ~ 1, d), times = 365)$surv
  treated <- mean(p >= t); r <- risk(lung[p >= t, ]); all <- risk(lung)
  c(r * treated - (1 - r) * treated * t / (1 - t), all - (1 - all) * t / (1 - t)) }) |> t())
write_json(expected, file.path(out, "expected.json"), digits = 15, auto_unbox = TRUE, pretty = FALSE, na = "null")
