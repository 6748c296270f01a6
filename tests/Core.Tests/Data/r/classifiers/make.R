# Rscript make.R FOLDER: the numbers that the tests of Learning/Classifiers and Learning/Recalibration expect.
suppressMessages({library(e1071); library(MASS); library(class)})
folder <- commandArgs(TRUE)[1]
options(digits = 15)
write <- function(d, name) write.csv(signif(d, 15), file.path(folder, name), row.names = FALSE, quote = FALSE)

x <- as.matrix(iris[, 1:4])
species <- iris$Species

# Two classes: versicolor (0) and virginica (1), rows 51 to 150 of iris.
two <- 51:150
y <- factor(as.integer(species[two] == "virginica"), levels = c(1, 0))
decide <- function(...) {
  f <- svm(x[two, ], y, scale = TRUE, tolerance = 1e-10, ...)
  d <- attr(predict(f, x[two, ], decision.values = TRUE), "decision.values")
  # LIBSVM counts classes as they come: positive is the first row's.
  if (colnames(d) == "0/1") -d[, 1] else d[, 1]
}
predictors2 <- lda(x[two, ], as.integer(species[two] == "virginica"))
nb2 <- naiveBayes(x[two, ], factor(species[two] == "virginica"))
write(data.frame(
  linear = decide(kernel = "linear", cost = 1),
  rbf = decide(kernel = "radial", cost = 1),
  rbf_cost_gamma = decide(kernel = "radial", cost = 10, gamma = 0.7),
  lda = predict(predictors2, x[two, ])$posterior[, 2],
  naive_bayes = predict(nb2, x[two, ], type = "raw")[, 2]), "iris.two.csv")

# Three classes.
d <- attr(predict(svm(x, species, kernel = "radial", cost = 2, scale = TRUE, tolerance = 1e-10), x, decision.values = TRUE), "decision.values")
l <- attr(predict(svm(x, species, kernel = "linear", cost = 1, scale = TRUE, tolerance = 1e-10), x, decision.values = TRUE), "decision.values")
posterior <- predict(lda(x, species), x)$posterior
raw <- predict(naiveBayes(x, species), x, type = "raw")
colnames(d) <- paste0("rbf_", c("01", "02", "12"))
colnames(l) <- paste0("linear_", c("01", "02", "12"))
colnames(posterior) <- paste0("lda_", 0:2)
colnames(raw) <- paste0("naive_bayes_", 0:2)
write(data.frame(d, l, posterior, raw), "iris.three.csv")

# Regression of the sepal's length on the other three.
regress <- function(...) predict(svm(x[, 2:4], x[, 1], type = "eps-regression", scale = TRUE, tolerance = 1e-10, ...), x[, 2:4])
write(data.frame(linear = regress(kernel = "linear", epsilon = 0.1), rbf = regress(kernel = "radial", cost = 3, epsilon = 0.2)), "iris.regression.csv")

# Nearest neighbours: odd rows vote on even rows.
odd <- seq(1, 149, 2)
vote <- function(k, z) {
  k <- knn(z[odd, ], z[-odd, ], species[odd], k = k, prob = TRUE)
  data.frame(winner = as.integer(k) - 1, share = attr(k, "prob"))
}
scaled <- scale(x, colMeans(x[odd, ]), apply(x[odd, ], 2, sd))
set.seed(1)
write(data.frame(five = vote(5, x), one = vote(1, x), twelve = vote(12, x), scaled = vote(7, scaled)), "iris.knn.csv")

# Platt's targets, fitted by glm; isotonic regression.
set.seed(3)
n <- 80
score <- round(rnorm(n), 2)
event <- as.integer(runif(n) < plogis(1.5 * score - 0.5))
target <- ifelse(event == 1, (sum(event) + 1) / (sum(event) + 2), 1 / (sum(1 - event) + 2))
platt <- suppressWarnings(glm(target ~ score, family = binomial, control = list(epsilon = 1e-15, maxit = 100)))
probability <- plogis(score)
ordered <- order(probability)
# Rows of one probability are one observation of their mean, which isoreg is told by averaging before and weighing by copies.
mean_of_equals <- ave(event, probability)
fit <- numeric(n)
fit[ordered] <- isoreg(mean_of_equals[ordered])$yf
write(data.frame(score, event, platt = fitted(platt), isotonic = fit), "calibration.csv")
cat(R.version.string, "e1071", as.character(packageVersion("e1071")), "MASS", as.character(packageVersion("MASS")), "class", as.character(packageVersion("class")), "\n")
