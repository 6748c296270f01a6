# Rscript make_gliomas.R <reference data> <folder of the tests' data>: what R says of TCGA-LGG where the other scripts have data sets of R only.
# R 4.2.2 with pROC 1.18.0, rms 6.5-0, survival 3.5-3, pec 2022.05.04, prodlim 2019.11.13, cmprsk 2.2-11, e1071 1.7-13, MASS 7.3-58.2,
# class 7.3-21, sva 3.46.0. Only results are written; the tests read the tables in place.
suppressMessages({library(jsonlite); library(pROC); library(rms); library(survival); library(pec); library(prodlim); library(cmprsk); library(e1071)
  library(MASS); library(class); library(sva)})
arguments <- commandArgs(TRUE); reference <- arguments[1]; data <- arguments[2]
expected <- list()
record <- function(name, call) {
  call <- substitute(call)
  expected[[name]] <<- list(call = paste(deparse(call, width.cutoff = 500), collapse = " "), value = eval(call, globalenv()))
}
clinical <- read.csv(file.path(reference, "tcga-lgg", "clinical.csv")); semantic <- read.csv(file.path(reference, "tcga-lgg", "semantic.csv"))
d <- merge(clinical, semantic, by = "case_id"); columns <- c("age_years", paste0("vasari_f", c(1, 2, 3, 4, 5, 9, 14)))
for (k in c(columns, "idh1_mutated", "death", "os_days", "pfs_event", "pfs_days")) d[[k]] <- suppressWarnings(as.numeric(as.character(d[[k]])))
d <- d[order(d$case_id), ]
binary <- d[complete.cases(d[, c(columns, "idh1_mutated")]), ]; y <- binary$idh1_mutated; x <- as.matrix(binary[, columns])
survived <- d[complete.cases(d[, c(columns, "death", "os_days")]) & d$os_days > 0, ]
typed <- d[complete.cases(d[, columns]) & d$idh_1p19q_subtype %in% c("IDHmut-codel", "IDHmut-non-codel", "IDHwt"), ]

# ROC: age is lower with the mutation; the direction is fixed, and the area below one half.
curve <- function(v) roc(y, v, levels = 0:1, direction = "<", quiet = TRUE)
record("roc.age", { f <- ci.auc(curve(binary$age_years)); c(f[2], f[1], f[3], var(curve(binary$age_years))) })
record("roc.test", { f <- roc.test(curve(binary$age_years), curve(binary$vasari_f5), method = "delong", paired = TRUE); c(unname(f$estimate), unname(f$statistic), f$p.value) })
# Calibration of a given prediction.
risk <- plogis((45 - binary$age_years) / 10)
record("val.prob", { f <- val.prob(risk, y, pl = FALSE); unname(f[c("Eavg", "E90", "Emax", "S:z", "S:p", "Brier", "Intercept", "Slope")]) })

# Tests of every column
adjusted <- function(p) list(p = p, BH = p.adjust(p, "BH"), BY = p.adjust(p, "BY"), holm = p.adjust(p, "holm"))
by.column <- function(f) adjusted(unname(sapply(columns, function(k) f(binary[[k]]))))
record("wilcox", by.column(function(v) wilcox.test(v[y == 1], v[y == 0], exact = FALSE)$p.value))
record("t", by.column(function(v) t.test(v[y == 1], v[y == 0])$p.value))
record("spearman", unname(sapply(columns[-1], function(k) cor.test(binary[[k]], binary$age_years, method = "spearman", exact = FALSE)$p.value)))
record("kruskal", unname(sapply(columns, function(k) kruskal.test(typed[[k]], factor(typed$idh_1p19q_subtype))$p.value)))
record("anova", unname(sapply(columns, function(k) oneway.test(typed[[k]] ~ factor(typed$idh_1p19q_subtype), var.equal = TRUE)$p.value)))
record("cox.score", unname(sapply(columns, function(k) summary(coxph(Surv(survived$os_days, survived$death) ~ survived[[k]]))$sctest["pvalue"])))

# Regressions
formula <- as.formula(paste("Surv(os_days, death) ~", paste(columns, collapse = " + ")))
estimates <- function(f) list(estimates = unname(coef(f)), covariance = as.numeric(vcov(f)))
record("coxph.breslow", estimates(coxph(formula, survived, ties = "breslow", control = coxph.control(eps = 1e-12, toler.chol = 1e-13, iter.max = 100))))
record("cph", estimates(cph(formula, survived, eps = 1e-12, tol = 1e-13, iter.max = 100)))
record("lrm", estimates(lrm(reformulate(columns, "idh1_mutated"), binary, tol = 1e-14, eps = 1e-10, maxit = 100)))

# Integrated Brier score of a given prediction
at <- c(365, 730, 1095, 1500)
survival <- sapply(at, function(t) exp(-t / 3000 * exp((survived$age_years - 45) / 25)))
frame <- data.frame(time = survived$os_days, status = survived$death)
record("pec", {
  f <- pec(list(m = cbind(1, survival)), formula = Surv(time, status) ~ 1, data = frame, times = c(0, at), exact = FALSE, cens.model = "marginal", start = 0, verbose = FALSE, reference = FALSE)
  list(brier = f$AppErr$m, ibs = c(crps(f, times = 1500))) })
# Competing risks: progression (1), and death as the first event (2)
rival <- d[complete.cases(d[, c("pfs_event", "pfs_days", "death", "os_days", "age_years")]) & d$pfs_days > 0 & d$os_days > 0, ]
time <- rival$pfs_days; cause <- ifelse(rival$pfs_event == 0, 0, ifelse(rival$death == 1 & rival$pfs_days == rival$os_days, 2, 1))
record("cuminc", { t <- timepoints(cuminc(time, cause), c(200, 500, 1000, 2000)); list(time = c(200, 500, 1000, 2000), est = unname(t$est[1, ]), var = unname(t$var[1, ]), rival = unname(t$est[2, ])) })
record("gray", unname(cuminc(time, cause, rival$age_years > 40)$Tests[1, ]))

# Classifiers
decide <- function(...) { f <- svm(x, factor(y), scale = TRUE, tolerance = 1e-10, ...); v <- attr(predict(f, x, decision.values = TRUE), "decision.values"); if (colnames(v) == "0/1") -v[, 1] else v[, 1] }
record("svm.linear", unname(decide(kernel = "linear", cost = 1)))
record("svm.rbf", unname(decide(kernel = "radial", cost = 2)))
subtype <- factor(typed$idh_1p19q_subtype, levels = c("IDHmut-codel", "IDHmut-non-codel", "IDHwt")); z <- as.matrix(typed[, columns])
record("svm.three", { v <- attr(predict(svm(z, subtype, kernel = "radial", cost = 1, scale = TRUE, tolerance = 1e-10), z, decision.values = TRUE), "decision.values")
  sign <- function(a, b) { n <- paste(levels(subtype)[c(a, b)], collapse = "/"); if (n %in% colnames(v)) v[, n] else -v[, paste(levels(subtype)[c(b, a)], collapse = "/")] }
  unname(cbind(sign(1, 2), sign(1, 3), sign(2, 3))) })
record("lda", unname(predict(lda(z, subtype), z)$posterior))
odd <- seq(1, nrow(x), 2); scaled <- scale(x, colMeans(x[odd, ]), apply(x[odd, ], 2, sd)); set.seed(1)
record("knn", { k <- knn(scaled[odd, ], scaled[-odd, ], y[odd], k = 7, prob = TRUE); list(winner = as.integer(as.character(k)), share = attr(k, "prob")) })

# ComBat between the sites that the barcodes name, those of at least five patients
site <- substr(binary$case_id, 6, 7); large <- site %in% names(which(table(site) >= 5))
record("combat", { f <- suppressMessages(ComBat(t(x[large, ]), site[large])); list(rows = unname(t(f)[c(1, 20, sum(large)), ]), means = unname(rowMeans(f)), variances = unname(apply(f, 1, var))) })
record("combat.nonparametric", { f <- suppressMessages(ComBat(t(x[large, ]), site[large], par.prior = FALSE)); list(rows = unname(t(f)[c(1, 20, sum(large)), ]), means = unname(rowMeans(f)), variances = unname(apply(f, 1, var))) })
write_json(expected, file.path(data, "r", "gliomas.json"), digits = 15, auto_unbox = TRUE, na = "null")
