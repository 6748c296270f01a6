# Rscript make_selectors.R <reference data> <folder of the tests' data>: selectors that no R package at hand has, written out from their papers as
# plainly as can be, with no thought for speed. R 4.2.2.
library(jsonlite)
arguments <- commandArgs(TRUE); reference <- arguments[1]; data <- arguments[2]
clinical <- read.csv(file.path(reference, "tcga-lgg", "clinical.csv")); semantic <- read.csv(file.path(reference, "tcga-lgg", "semantic.csv"))
d <- merge(clinical, semantic, by = "case_id"); columns <- c("age_years", paste0("vasari_f", c(1, 2, 3, 4, 5, 9, 14)))
for (k in c(columns, "idh1_mutated")) d[[k]] <- suppressWarnings(as.numeric(as.character(d[[k]])))
d <- d[order(d$case_id), ]
binary <- d[complete.cases(d[, c(columns, "idh1_mutated")]), ]
typed <- d[complete.cases(d[, columns]) & d$idh_1p19q_subtype %in% c("IDHmut-codel", "IDHmut-non-codel", "IDHwt"), ]
iris2 <- read.csv(file.path(data, "sets", "iris.csv"))
result <- list()

# mRMR: Peng, Long and Ding 2005. First the most relevant, then by relevance beside the mean redundancy with those taken; the first of equals.
information <- function(a, b) { p <- table(a, b) / length(a); e <- outer(rowSums(p), colSums(p)); sum((p * log(p / e))[p > 0]) }
states <- function(v) ifelse(v < mean(v) - sd(v), 0, ifelse(v > mean(v) + sd(v), 2, 1))
mrmr <- function(x, y, discrete, score) {
  p <- ncol(x)
  relevance <- sapply(1:p, function(i) if (discrete) information(states(x[, i]), y) else -log(1 - unname(kruskal.test(x[, i], factor(y))$statistic) / (nrow(x) - 1)) / 2)
  redundancy <- matrix(0, p, p)
  for (i in 1:p) for (j in 1:p) if (i != j) redundancy[i, j] <- if (discrete) information(states(x[, i]), states(x[, j])) else -log(1 - cor(x[, i], x[, j], method = "spearman")^2) / 2
  taken <- which.max(relevance)
  while (length(taken) < p) {
    left <- setdiff(1:p, taken)
    taken <- c(taken, left[which.max(sapply(left, function(i) score(relevance[i], mean(redundancy[i, taken]))))])
  }
  colnames(x)[taken]
}
schemes <- list(mid = function(a, b) a - b, miq = function(a, b) a / (b + 0.01))
sets <- list(lgg.idh1 = list(x = as.matrix(binary[, columns]), y = binary$idh1_mutated), lgg.subtype = list(x = as.matrix(typed[, columns]), y = typed$idh_1p19q_subtype),
  iris = list(x = as.matrix(iris2[, 1:4]), y = iris2$Species))
for (s in names(sets)) for (scheme in names(schemes)) for (discrete in c(FALSE, TRUE))
  result[[paste("mrmr", s, scheme, if (discrete) "discrete" else "correlation")]] <- mrmr(sets[[s]]$x, sets[[s]]$y, discrete, schemes[[scheme]])

# ReliefF and RReliefF: Robnik-Sikonja and Kononenko 2003, every row once, k near rows counting equally, equally near ones in their order.
scaled <- function(x) apply(x, 2, function(v) if (max(v) > min(v)) (v - min(v)) / (max(v) - min(v)) else v * 0)
distance <- function(z, i) { s <- numeric(nrow(z)); for (c in 1:ncol(z)) s <- s + abs(z[, c] - z[i, c]); s }
relieff <- function(x, y, k) {
  z <- scaled(x); n <- nrow(z); w <- numeric(ncol(z)); prior <- table(y) / n
  for (i in 1:n) for (class in names(prior)) {
    those <- setdiff(which(y == class), i); near <- head(those[order(distance(z, i)[those])], k)
    apart <- colMeans(abs(sweep(z[near, , drop = FALSE], 2, z[i, ]))) / n
    w <- w + if (class == y[i]) -apart else prior[[class]] / (1 - prior[[as.character(y[i])]]) * apart
  }
  unname(w)
}
rrelieff <- function(x, y, k) {
  z <- scaled(x); n <- nrow(z); t <- (y - min(y)) / (max(y) - min(y)); c0 <- 0; a <- b <- numeric(ncol(z))
  for (i in 1:n) {
    those <- setdiff(1:n, i)
    for (j in head(those[order(distance(z, i)[those])], k)) {
      c0 <- c0 + abs(t[i] - t[j]) / k; a <- a + abs(z[i, ] - z[j, ]) / k; b <- b + abs(t[i] - t[j]) * abs(z[i, ] - z[j, ]) / k
    }
  }
  unname(b / c0 - (a - b) / (n - c0))
}
result[["relieff lgg.idh1"]] <- relieff(sets$lgg.idh1$x, sets$lgg.idh1$y, 10)
result[["relieff lgg.subtype"]] <- relieff(sets$lgg.subtype$x, sets$lgg.subtype$y, 5)
result[["relieff iris"]] <- relieff(sets$iris$x, sets$iris$y, 10)
result[["relieff lgg.age"]] <- rrelieff(sets$lgg.idh1$x[, -1], binary$age_years, 10)
result <- lapply(result, function(v) list(value = v))
write_json(result, file.path(data, "r", "selectors.json"), digits = 15, auto_unbox = TRUE, na = "null")
