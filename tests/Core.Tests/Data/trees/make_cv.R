# Rscript make_cv.R: R 4.2.2, randomForest 4.7.1.1, ranger 0.14.1, survival 3.5.3, pROC 1.18.0.
# Repeated stratified five-fold cross-validation; of each repeat the AUC or concordance of all held-out predictions together. Prints
# mean and standard deviation over the repeats. Run beside ../sets.
suppressMessages({library(randomForest); library(ranger); library(survival); library(pROC)})
sonar <- read.csv("../sets/sonar.csv")
folds <- function(stratum) { f <- integer(length(stratum)); for (s in unique(stratum)) { i <- which(stratum == s); f[i] <- sample(rep(1:5, length.out = length(i))) }; f }
show <- function(name, values) cat(sprintf("%s: mean %.5f sd %.5f of %d\n", name, mean(values), sd(values), length(values)))
repeats <- 30
set.seed(20260101)
y <- factor(sonar$mine); x <- sonar[, 1:60]
show("sonar randomForest AUC", replicate(repeats, {
  f <- folds(y); p <- numeric(nrow(x))
  for (k in 1:5) p[f == k] <- predict(randomForest(x[f != k, ], y[f != k]), x[f == k, ], type = "prob")[, 2]
  as.numeric(auc(y, p, direction = "<", levels = c("0", "1"), quiet = TRUE))
}))
lung <- na.omit(read.csv("../sets/lung.csv")); lung$status <- as.integer(lung$status == 2)
show("lung ranger concordance", replicate(repeats, {
  f <- folds(lung$status); risk <- numeric(nrow(lung))
  for (k in 1:5) {
    m <- ranger(Surv(time, status) ~ ., lung[f != k, ], num.trees = 500, min.node.size = 15, num.threads = 1)
    risk[f == k] <- rowSums(predict(m, lung[f == k, ], num.threads = 1)$chf)
  }
  concordance(Surv(time, status) ~ risk, lung, reverse = TRUE)$concordance
}))
iris2 <- iris
show("iris randomForest accuracy", replicate(repeats, {
  f <- folds(iris2$Species); hit <- 0
  for (k in 1:5) hit <- hit + sum(predict(randomForest(Species ~ ., iris2[f != k, ]), iris2[f == k, ]) == iris2$Species[f == k])
  hit / 150
}))
air <- na.omit(read.csv("../sets/airquality.csv"))
show("airquality randomForest R2", replicate(repeats, {
  f <- sample(rep(1:5, length.out = nrow(air))); p <- numeric(nrow(air))
  for (k in 1:5) p[f == k] <- predict(randomForest(Ozone ~ ., air[f != k, ]), air[f == k, ])
  1 - sum((air$Ozone - p)^2) / sum((air$Ozone - mean(air$Ozone))^2)
}))
