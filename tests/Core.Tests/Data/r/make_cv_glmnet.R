# Rscript make_cv_glmnet.R <reference data> <folder of the tests' data>: cv.glmnet for every family. R 4.2.2, glmnet 4.1-6, survival 3.5-3.
# Folds are dealt by row: 1 2 3 4 5 1 2 ... With lambda given, the folds are solved at it; else cv.glmnet interpolates between the solutions of
# each fold's own path. Of tcga-lgg no row is written.
suppressMessages({library(jsonlite); library(glmnet); library(survival)})
arguments <- commandArgs(TRUE); reference <- arguments[1]; data <- arguments[2]
result <- list()
cross <- function(name, x, y, family, alpha = 0.5, weights = rep(1, nrow(x))) {
  path <- glmnet(x, y, family = family, alpha = alpha, weights = weights, thresh = 1e-14, maxit = 1e7)
  cv <- cv.glmnet(x, y, family = family, alpha = alpha, weights = weights, thresh = 1e-14, maxit = 1e7, lambda = path$lambda,
                  foldid = rep(1:5, length.out = nrow(x)), grouped = TRUE)
  result[[name]] <<- list(
    call = sprintf("cv.glmnet(x, y, family = '%s', alpha = %s, weights = w, thresh = 1e-14, maxit = 1e7, lambda = glmnet(...)$lambda, foldid = rep(1:5, length.out = nrow(x)), grouped = TRUE)", family, alpha),
    value = list(lambda = cv$lambda, cvm = unname(cv$cvm), cvsd = unname(cv$cvsd), min = which(cv$lambda == cv$lambda.min) - 1, se = which(cv$lambda == cv$lambda.1se) - 1))
  cat(name, cv$name, length(cv$lambda), length(path$lambda), which(cv$lambda == cv$lambda.min), which(cv$lambda == cv$lambda.1se), "\n")
}
cars <- read.csv(file.path(data, "glmnet", "mtcars.csv")); iris <- read.csv(file.path(data, "glmnet", "iris.csv")); lung <- read.csv(file.path(data, "glmnet", "lung.csv"))
cross("mtcars", as.matrix(cars[, c("cyl", "disp", "hp", "drat", "wt", "qsec", "vs", "am", "gear", "carb")]), cars$mpg, "gaussian")
cross("mtcars.weighted", as.matrix(cars[, c("cyl", "disp", "hp", "drat", "wt", "qsec", "vs", "am", "gear", "carb")]), cars$mpg, "gaussian", weights = rep(c(1, 2, 3, 2), 8))
veteran <- read.csv(file.path(data, "measures", "veteran.csv"))
cross("veteran", as.matrix(veteran[, c("time", "status", "karno", "age", "trt")]), factor(veteran$cell), "multinomial")
cross("lung", as.matrix(lung[, c("age", "sex", "ph.ecog", "ph.karno", "pat.karno", "meal.cal", "wt.loss")]), Surv(lung$time, lung$status == 2), "cox")
cross("lung.weighted", as.matrix(lung[, c("age", "sex", "ph.ecog", "ph.karno", "pat.karno", "meal.cal", "wt.loss")]), Surv(lung$time, lung$status == 2), "cox", weights = rep(c(1, 2, 3), length.out = nrow(lung)))
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
cross("lgg.os", as.matrix(survived[, columns]), Surv(survived$os_days, survived$death == 1), "cox")

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
