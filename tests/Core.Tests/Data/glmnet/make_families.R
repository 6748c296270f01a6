# Rscript make_families.R <reference data> <folder>: glmnet's answers for the families of other endpoints than a binary one.
# Data sets of R (mtcars, iris, survival::lung; ../sets holds them) and TCGA-LGG (patients with a complete row of age_years, VASARI f1 to f5; never written here).
suppressMessages({library(glmnet); library(survival); library(jsonlite)})
arguments <- commandArgs(TRUE); reference <- arguments[1]; out <- arguments[2]
take <- function(fit, multi = FALSE, last = length(fit$lambda)) {
  s <- unique(round(seq(2, last, length.out = 6)))
  one <- function(i) {
    b <- if (multi) lapply(fit$beta, function(m) as.numeric(m[, i])) else list(as.numeric(fit$beta[, i]))
    a0 <- if (multi) as.numeric(fit$a0[, i]) else if (is.null(fit$a0)) 0 else as.numeric(fit$a0[i])
    list(step = i - 1, lambda = fit$lambda[i], dev = fit$dev.ratio[i], intercepts = I(a0), coefficients = b)
  }
  list(steps = length(fit$lambda), points = lapply(s, one))
}
result <- list()
lasso <- c(0, 0.5, 1)
# gaussian
x <- as.matrix(mtcars[, -1]); y <- mtcars$mpg; w <- rep(c(1, 2, 3, 2), 8)
for (a in lasso) result[[paste0("mtcars.", a)]] <- take(glmnet(x, y, family = "gaussian", alpha = a, thresh = 1e-14, maxit = 1e7))
result[["mtcars.weighted.0.5"]] <- take(glmnet(x, y, family = "gaussian", alpha = 0.5, weights = w, thresh = 1e-14, maxit = 1e7))
# multinomial; past the 50th step iris is so nearly separated that glmnet's own solutions at thresh = 1e-14 are not yet right to 1e-6
x <- as.matrix(iris[, 1:4])
for (a in lasso) result[[paste0("iris.", a)]] <- take(glmnet(x, iris$Species, family = "multinomial", type.multinomial = "ungrouped", alpha = a, thresh = 1e-14, maxit = 1e7), TRUE, 40)
# cox
lung2 <- na.omit(lung[, c("time", "status", "age", "sex", "ph.ecog", "ph.karno", "pat.karno", "meal.cal", "wt.loss")])
x <- as.matrix(lung2[, -(1:2)]); y <- Surv(lung2$time, lung2$status == 2); w <- rep(c(1, 2, 3), length.out = nrow(x))
for (a in lasso) result[[paste0("lung.", a)]] <- take(glmnet(x, y, family = "cox", alpha = a, thresh = 1e-14, maxit = 1e7))
result[["lung.weighted.0.5"]] <- take(glmnet(x, y, family = "cox", alpha = 0.5, weights = w, thresh = 1e-14, maxit = 1e7))
# tcga-lgg
clinical <- read.csv(file.path(reference, "tcga-lgg", "clinical.csv")); semantic <- read.csv(file.path(reference, "tcga-lgg", "semantic.csv"))
d <- merge(clinical, semantic, by = "case_id")
columns <- c("age_years", paste0("vasari_f", c(1, 2, 3, 4, 5, 9, 14)))
for (k in columns) d[[k]] <- suppressWarnings(as.numeric(as.character(d[[k]])))
for (k in c("idh1_mutated", "death", "os_days")) d[[k]] <- suppressWarnings(as.numeric(as.character(d[[k]])))
binary <- d[complete.cases(d[, c(columns, "idh1_mutated")]), ]; binary <- binary[order(binary$case_id), ]
result[["lgg.idh1.0.5"]] <- take(glmnet(as.matrix(binary[, columns]), binary$idh1_mutated, family = "binomial", alpha = 0.5, thresh = 1e-14, maxit = 1e7))
result[["lgg.age.0.5"]] <- take(glmnet(as.matrix(binary[, columns[-1]]), binary$age_years, family = "gaussian", alpha = 0.5, thresh = 1e-14, maxit = 1e7))
survived <- d[complete.cases(d[, c(columns, "death", "os_days")]) & d$os_days > 0, ]; survived <- survived[order(survived$case_id), ]
result[["lgg.os.0.5"]] <- take(glmnet(as.matrix(survived[, columns]), Surv(survived$os_days, survived$death == 1), family = "cox", alpha = 0.5, thresh = 1e-14, maxit = 1e7))
s <- d[complete.cases(d[, columns]) & d$idh_1p19q_subtype %in% c("IDHmut-codel", "IDHmut-non-codel", "IDHwt"), ]; s <- s[order(s$case_id), ]
result[["lgg.subtype.0.5"]] <- take(glmnet(as.matrix(s[, columns]), factor(s$idh_1p19q_subtype), family = "multinomial", alpha = 0.5, thresh = 1e-14, maxit = 1e7), TRUE)
cat(nrow(binary), nrow(survived), sum(survived$death), table(s$idh_1p19q_subtype), "\n")
result <- lapply(result, function(r) { r$points <- lapply(r$points, function(p) { p$coefficients <- unname(p$coefficients); p }); r })
writeLines(toJSON(result, auto_unbox = TRUE, digits = I(17), pretty = 1), file.path(out, "families.json"))
