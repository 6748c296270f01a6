# Rscript make_cv_glmnet.R <reference data> <folder of the tests' data>: cv.glmnet for every family. R 4.2.2, glmnet 4.1-6, survival 3.5-3.
# Folds are dealt by row: 1 2 3 4 5 1 2 ... With lambda given, the folds are solved at it; else cv.glmnet interpolates between the solutions of
# each fold's own path. Of tcga-lgg no row is written.
suppressMessages({library(jsonlite); library(glmnet); library(survival)})
arguments <- commandArgs(TRUE); reference <- arguments[1]; data <- arguments[2]
result <- list()
cross <- function(name, x, y, family, alpha = 0.5, weights = rep(1, nrow(x)), thresh = 1e-14) {
  path <- glmnet(x, y, family = family, alpha = alpha, weights = weights, thresh = thresh, maxit = 1e7)
  cv <- cv.glmnet(x, y, family = family, alpha = alpha, weights = weights, thresh = thresh, maxit = 1e7, lambda = path$lambda,
                  foldid = rep(1:5, length.out = nrow(x)), grouped = TRUE)
  result[[name]] <<- list(
    call = sprintf("cv.glmnet(x, y, family = '%s', alpha = %s, weights = w, thresh = %s, maxit = 1e7, lambda = glmnet(...)$lambda, foldid = rep(1:5, length.out = nrow(x)), grouped = TRUE)", family, alpha, thresh),
    value = list(lambda = cv$lambda, cvm = unname(cv$cvm), cvsd = unname(cv$cvsd), min = which(cv$lambda == cv$lambda.min) - 1, se = which(cv$lambda == cv$lambda.1se) - 1))
  cat(name, cv$name, length(cv$lambda), length(path$lambda), which(cv$lambda == cv$lambda.min), which(cv$lambda == cv$lambda.1se), "\n")
}
cars <- read.csv(file.path(data, "sets", "mtcars.csv")); iris <- read.csv(file.path(data, "sets", "iris.csv")); lung <- na.omit(read.csv(file.path(data, "sets", "lung.csv")))
# Of 25 cars and 10 columns that nearly depend on each other thresh = 1e-14 leaves the error of a fold open by 1e-6.
cross("mtcars", as.matrix(cars[, c("cyl", "disp", "hp", "drat", "wt", "qsec", "vs", "am", "gear", "carb")]), cars$mpg, "gaussian", thresh = 1e-20)
cross("mtcars.weighted", as.matrix(cars[, c("cyl", "disp", "hp", "drat", "wt", "qsec", "vs", "am", "gear", "carb")]), cars$mpg, "gaussian", weights = rep(c(1, 2, 3, 2), 8), thresh = 1e-20)
veteran <- read.csv(file.path(data, "sets", "veteran.csv"))
cross("veteran", as.matrix(veteran[, c("time", "status", "karno", "age", "trt")]), factor(veteran$cell), "multinomial")
# A time that is both an event and a censored one: glmnet means the censored row to be at risk and adds 100 .Machine$double.eps to its time, which
# is lost in rounding past 128; cv.glmnet's deviance of some folds then leaves such rows out, unlike coxph's and glmnet:::coxnet.deviance2's. Adding
# 0.001 to censored times says the same without the rounding, and changes no likelihood.
later <- function(time, event) Surv(time + ifelse(event, 0, 1e-3), event)
columns <- c("age", "sex", "ph.ecog", "ph.karno", "pat.karno", "meal.cal", "wt.loss")
cross("lung", as.matrix(lung[, columns]), later(lung$time, lung$status == 2), "cox")
# With weights cv.glmnet takes the deviance of all rows and that of the training rows in different units (each with its weights scaled to its own
# number of rows), so that their difference has no meaning. By hand in one unit, the likelihood by coxph; folds count by the weights of their events.
by.hand <- function(name, x, y, w, alpha = 0.5) {
  path <- glmnet(x, y, family = "cox", alpha = alpha, weights = w, thresh = 1e-14, maxit = 1e7); fold <- rep(1:5, length.out = nrow(x))
  deviance <- function(rows, b) {
    d <- data.frame(time = y[rows, 1], event = y[rows, 2], linear = as.numeric(x[rows, ] %*% b), w = w[rows])
    f <- coxph(Surv(time, event) ~ offset(linear), d, weights = w, ties = "breslow")
    s <- tapply(d$w[d$event == 1], d$time[d$event == 1], sum)
    2 * (-sum(s * log(s)) - f$loglik[1])
  }
  raw <- t(sapply(1:5, function(k) {
    b <- as.matrix(glmnet(x[fold != k, ], y[fold != k, ], family = "cox", alpha = alpha, weights = w[fold != k], lambda = path$lambda, thresh = 1e-14, maxit = 1e7)$beta)
    sapply(seq_along(path$lambda), function(l) deviance(rep(TRUE, nrow(x)), b[, l]) - deviance(fold != k, b[, l])) / sum((w * y[, 2])[fold == k])
  }))
  weight <- sapply(1:5, function(k) sum((w * y[, 2])[fold == k]))
  cvm <- apply(raw, 2, weighted.mean, w = weight); cvsd <- sqrt(apply(sweep(raw, 2, cvm)^2, 2, weighted.mean, w = weight) / 4)
  best <- which.min(cvm)
  result[[name]] <<- list(call = "by.hand", value = list(lambda = path$lambda, cvm = cvm, cvsd = cvsd, min = best - 1, se = which(cvm <= (cvm + cvsd)[best])[1] - 1))
}
by.hand("lung.weighted", as.matrix(lung[, columns]), later(lung$time, lung$status == 2), rep(c(1, 2, 3), length.out = nrow(lung)))
clinical <- read.csv(file.path(reference, "tcga-lgg", "clinical.csv")); semantic <- read.csv(file.path(reference, "tcga-lgg", "semantic.csv"))
d <- merge(clinical, semantic, by = "case_id"); columns <- c("age_years", paste0("vasari_f", c(1, 2, 3, 4, 5, 9, 14)))
for (k in c(columns, "idh1_mutated", "death", "os_days")) d[[k]] <- suppressWarnings(as.numeric(as.character(d[[k]])))
d <- d[order(d$case_id), ]
binary <- d[complete.cases(d[, c(columns, "idh1_mutated")]), ]
survived <- d[complete.cases(d[, c(columns, "death", "os_days")]) & d$os_days > 0, ]
typed <- d[complete.cases(d[, columns]) & d$idh_1p19q_subtype %in% c("IDHmut-codel", "IDHmut-non-codel", "IDHwt"), ]
cross("lgg.idh1", as.matrix(binary[, columns]), binary$idh1_mutated, "binomial")
cross("lgg.age", as.matrix(binary[, columns[-1]]), binary$age_years, "gaussian")
cross("lgg.subtype", as.matrix(typed[, columns]), factor(typed$idh_1p19q_subtype), "multinomial")
cross("lgg.os", as.matrix(survived[, columns]), later(survived$os_days, survived$death == 1), "cox")

# Multinomial paths to their last step: veteran, compared number by number, and iris at thresh = 1e-14, judged by its optimality conditions.
whole <- function(name, x, y, alpha, steps) {
  f <- glmnet(x, y, family = "multinomial", type.multinomial = "ungrouped", alpha = alpha, thresh = 1e-14, maxit = 1e7)
  steps <- if (is.null(steps)) seq_along(f$lambda) else steps(length(f$lambda))
  result[[name]] <<- list(
    call = sprintf("glmnet(x, y, family = 'multinomial', type.multinomial = 'ungrouped', alpha = %s, thresh = 1e-14, maxit = 1e7)", alpha),
    value = list(steps = length(f$lambda), points = lapply(steps, function(i) list(
      step = i - 1, lambda = f$lambda[i], intercepts = unname(f$a0[, i]), coefficients = unname(lapply(f$beta, function(b) as.numeric(b[, i])))))))
}
for (a in c(0, 0.5, 1)) {
  whole(paste0("path.veteran.", a), as.matrix(veteran[, c("time", "status", "karno", "age", "trt")]), factor(veteran$cell), a, function(n) unique(c(seq(2, n, 7), n)))
  whole(paste0("path.iris.", a), as.matrix(iris[, 1:4]), iris$Species, a, function(n) unique(c(seq(41, n, 5), n)))
}
write_json(result, file.path(data, "r", "cv_glmnet.json"), digits = I(17), auto_unbox = TRUE, na = "null")
