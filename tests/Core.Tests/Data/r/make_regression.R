# Rscript make_regression.R <reference data> <folder>: regressions without penalty, on data sets of R and on TCGA-LGG (see ../glmnet/make_families.R).
suppressMessages({library(survival); library(nnet); library(rms); library(jsonlite)})
arguments <- commandArgs(TRUE); reference <- arguments[1]; out <- arguments[2]
lung2 <- na.omit(lung[, c("time", "status", "age", "sex", "ph.ecog", "ph.karno", "pat.karno", "meal.cal", "wt.loss")])
r <- list(); est <- function(m, ...) list(estimates = unname(coef(m)), covariance = as.numeric(vcov(m)), loglik = as.numeric(logLik(m)), ...)
tight <- glm.control(epsilon = 1e-14, maxit = 100)
m1 <- glm(vs ~ mpg + am, binomial, mtcars, control = tight); m0 <- glm(vs ~ mpg, binomial, mtcars, control = tight)
r$glm <- est(m1, aic = AIC(m1), bic = BIC(m1)); a <- anova(m0, m1, test = "LRT"); r$glm_lrt <- c(a$Deviance[2], a$Df[2], a$`Pr(>Chi)`[2])
l <- lrm(vs ~ mpg + am, mtcars, tol = 1e-14, eps = 1e-14, maxit = 100); r$lrm <- list(estimates = unname(coef(l)), covariance = as.numeric(vcov(l)))
mtcars$half <- mtcars$wt / 2 + mtcars$hp   # aliased behind wt and hp
m <- lm(mpg ~ wt + hp + half + qsec, mtcars); r$lm <- list(estimates = unname(coef(m)[!is.na(coef(m))]), aliased = names(coef(m))[is.na(coef(m))], covariance = as.numeric(vcov(m, complete = FALSE)), loglik = as.numeric(logLik(m)), aic = AIC(m))
w <- rep(c(1, 2, 3, 2), 8); w <- w / mean(w); m <- lm(mpg ~ wt + hp, mtcars, weights = w); r$lm_weighted <- est(m)
multi <- multinom(gear ~ mpg + 1, mtcars, maxit = 5000, reltol = 1e-18, abstol = 1e-18, trace = FALSE)
r$multinom <- list(estimates = as.numeric(t(coef(multi))), covariance = as.numeric(vcov(multi)), loglik = as.numeric(logLik(multi)))
for (ties in c("efron", "breslow")) {
  c1 <- coxph(Surv(time, status) ~ age + sex + ph.ecog + wt.loss, lung2, ties = ties, control = coxph.control(eps = 1e-14, iter.max = 100))
  c0 <- coxph(Surv(time, status) ~ age + sex, lung2, ties = ties, control = coxph.control(eps = 1e-14, iter.max = 100))
  a <- anova(c0, c1); nd <- data.frame(age = 60, sex = 2, ph.ecog = 1, wt.loss = 5); s <- survfit(c1, newdata = nd)
  r[[ties]] <- est(c1, null = c1$loglik[1], lrt = c(a$Chisq[2], a$Df[2], a$`Pr(>|Chi|)`[2]), lp = predict(c1, newdata = nd), survival = summary(s, times = c(100, 300, 700))$surv,
    baseline = summary(survfit(c1), times = c(100, 300, 700))$surv, aic = AIC(c1), bic = BIC(c1))
  wt <- rep(c(1, 2, 3), length.out = nrow(lung2)); wt <- wt / mean(wt)
  cw <- coxph(Surv(time, status) ~ age + sex + ph.ecog, lung2, weights = wt, ties = ties, robust = FALSE, control = coxph.control(eps = 1e-14, iter.max = 100))
  r[[paste0(ties, "_weighted")]] <- est(cw, survival = summary(survfit(cw), times = c(100, 300, 700))$surv)
}
p <- cph(Surv(time, status) ~ age + sex + ph.ecog + wt.loss, lung2, method = "efron", eps = 1e-14, iter.max = 100, x = TRUE, y = TRUE); r$cph <- list(estimates = unname(coef(p)), covariance = as.numeric(vcov(p)))
# tcga-lgg
clinical <- read.csv(file.path(reference, "tcga-lgg", "clinical.csv")); semantic <- read.csv(file.path(reference, "tcga-lgg", "semantic.csv"))
d <- merge(clinical, semantic, by = "case_id"); columns <- c("age_years", paste0("vasari_f", c(1, 2, 3, 4, 5, 9, 14)))
for (k in c(columns, "idh1_mutated", "death", "os_days")) d[[k]] <- suppressWarnings(as.numeric(as.character(d[[k]])))
b <- d[complete.cases(d[, c(columns, "idh1_mutated")]), ]; b <- b[order(b$case_id), ]
s <- d[complete.cases(d[, c(columns, "death", "os_days")]) & d$os_days > 0, ]; s <- s[order(s$case_id), ]
r$lgg_glm <- est(glm(reformulate(columns, "idh1_mutated"), binomial, b, control = tight))
r$lgg_cox <- est(coxph(as.formula(paste("Surv(os_days, death) ~", paste(columns, collapse = "+"))), s, control = coxph.control(eps = 1e-14, iter.max = 100)))
# step
full <- lm(mpg ~ cyl + disp + hp + drat + wt + qsec + vs + am + gear + carb, mtcars[, -12]); null <- lm(mpg ~ 1, mtcars); scope <- list(lower = ~ 1, upper = formula(full))
keep <- function(m) sort(attr(terms(m), "term.labels"))
st <- function(null, full, k) list(forward = keep(step(null, scope, direction = "forward", k = k, trace = 0)), backward = keep(step(full, scope, direction = "backward", k = k, trace = 0)), both = keep(step(full, scope, direction = "both", k = k, trace = 0)))
r$step_lm_aic <- st(null, full, 2); r$step_lm_bic <- st(null, full, log(32))
scope <- list(lower = ~ 1, upper = reformulate(columns)); full <- glm(reformulate(columns, "idh1_mutated"), binomial, b); null <- glm(idh1_mutated ~ 1, binomial, b)
r$step_glm_aic <- st(null, full, 2)
lc <- c("age", "sex", "ph.ecog", "ph.karno", "pat.karno", "meal.cal", "wt.loss"); scope <- list(lower = ~ 1, upper = reformulate(lc))
full <- coxph(as.formula(paste("Surv(time, status) ~", paste(lc, collapse = "+"))), lung2); null <- coxph(Surv(time, status) ~ 1, lung2)
r$step_cox_aic <- st(null, full, 2); r$step_cox_bic <- st(null, full, log(sum(lung2$status == 2)))
# nomogram
dd <- datadist(lung2); options(datadist = "dd")
r$nomogram_ranges <- list(low = sapply(lung2[, c("age", "sex", "ph.ecog", "wt.loss")], min), high = sapply(lung2[, c("age", "sex", "ph.ecog", "wt.loss")], max))
n <- nomogram(p, age = c(39, 60, 82), sex = c(1, 2), ph.ecog = 0:3, wt.loss = c(-24, 0, 68))
r$nomogram <- lapply(n[c("age", "sex", "ph.ecog", "wt.loss")], function(v) as.numeric(v$points))
writeLines(toJSON(r, auto_unbox = TRUE, digits = I(15), pretty = 1), file.path(out, "regression.json"))
