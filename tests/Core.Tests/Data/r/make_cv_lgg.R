# Rscript make_cv_lgg.R FOLDER_OF_tcga-lgg: R 4.2.2, randomForest 4.7-1.1, ranger 0.14.1, survival 3.5-3, pROC 1.18.0; FOLDER has the two tables. Of
# each of 30 repeats of stratified five-fold cross-validation the AUC or concordance of all held-out predictions together; prints mean and standard
# deviation over the repeats.
suppressMessages({library(randomForest); library(ranger); library(survival); library(pROC)})
folder <- commandArgs(TRUE)[1]
clinical <- read.csv(file.path(folder, "clinical.csv")); semantic <- read.csv(file.path(folder, "semantic.csv"))
outcomes <- c("idh1_mutated", "codel_1p19q", "death", "os_days")
d <- merge(clinical[, c("case_id", outcomes, "age_years")], semantic, by = "case_id")
x <- as.data.frame(lapply(d[, -1], function(v) suppressWarnings(as.numeric(as.character(v)))))
x <- x[, colSums(!is.na(x)) >= 70]; x <- x[complete.cases(x), ]; p <- x[, setdiff(names(x), outcomes)]
folds <- function(stratum) { f <- integer(length(stratum)); for (s in unique(stratum)) { i <- which(stratum == s); f[i] <- sample(rep(1:5, length.out = length(i))) }; f }
show <- function(name, values) cat(sprintf("%s: mean %.5f sd %.5f of %d\n", name, mean(values), sd(values), length(values)))
set.seed(20260101)
for (outcome in outcomes[1:2]) show(paste(outcome, "randomForest AUC"), replicate(30, {
  y <- factor(x[[outcome]]); f <- folds(y); score <- numeric(nrow(x))
  for (k in 1:5) score[f == k] <- predict(randomForest(p[f != k, ], y[f != k]), p[f == k, ], type = "prob")[, 2]
  as.numeric(auc(y, score, direction = "<", levels = c("0", "1"), quiet = TRUE))
}))
show("survival ranger concordance", replicate(30, {
  f <- folds(x$death); risk <- numeric(nrow(x)); both <- cbind(p, x[, c("os_days", "death")])
  for (k in 1:5) risk[f == k] <- rowSums(predict(ranger(Surv(os_days, death) ~ ., both[f != k, ], num.trees = 500, min.node.size = 15, num.threads = 1), both[f == k, ], num.threads = 1)$chf)
  concordance(Surv(x$os_days, x$death) ~ risk, reverse = TRUE)$concordance
}))
cat(nrow(x), ncol(p), "\n")
