# cv.glmnet on the simulated data of make.R, folds dealt by row: 1 2 3 4 5 1 2 ...
suppressMessages(library(glmnet))
dir <- commandArgs(TRUE)[1]
for (name in c("tall", "wide")) for (measure in c("deviance", "auc")) {
  d <- read.csv(file.path(dir, paste0(name, ".data.csv")))
  x <- as.matrix(d[, -(1:2)]); y <- d$y
  path <- glmnet(x, y, family = "binomial", alpha = 0.5, standardize = TRUE, thresh = 1e-14, maxit = 1e7)
  # With lambda given the folds are solved at it; else cv.glmnet interpolates between the solutions of each fold's own path.
  cv <- cv.glmnet(x, y, family = "binomial", alpha = 0.5, standardize = TRUE, thresh = 1e-14, maxit = 1e7, lambda = path$lambda,
                  foldid = rep(1:5, length.out = nrow(x)), type.measure = measure)
  m <- data.frame(lambda = cv$lambda, cvm = cv$cvm, cvsd = cv$cvsd,
                  min = as.integer(cv$lambda == cv$lambda.min), se = as.integer(cv$lambda == cv$lambda.1se))
  write.table(format(m, digits = 15, trim = TRUE), file.path(dir, sprintf("%s.cv_%s.csv", name, measure)), sep = ",", quote = FALSE, row.names = FALSE)
  cat(name, measure, cv$name, length(cv$lambda), which(m$min == 1), which(m$se == 1), "\n")
}
