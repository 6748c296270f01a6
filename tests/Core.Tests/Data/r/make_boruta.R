# Rscript make_boruta.R <reference data> <folder of the tests' data>: Boruta, written out from its paper (Kursa and Rudnicki 2010) on randomForest, since its
# package is not at hand. R 4.2.2, randomForest 4.7-1.1. Of five runs it writes how often each column is confirmed, and how often rejected.
suppressMessages({library(jsonlite); library(randomForest)})
arguments <- commandArgs(TRUE); reference <- arguments[1]; data <- arguments[2]
clinical <- read.csv(file.path(reference, "tcga-lgg", "clinical.csv")); semantic <- read.csv(file.path(reference, "tcga-lgg", "semantic.csv"))
d <- merge(clinical, semantic, by = "case_id"); columns <- c("age_years", paste0("vasari_f", c(1, 2, 3, 4, 5, 9, 14)))
for (k in c(columns, "idh1_mutated")) d[[k]] <- suppressWarnings(as.numeric(as.character(d[[k]])))
d <- d[order(d$case_id), ]; binary <- d[complete.cases(d[, c(columns, "idh1_mutated")]), ]
iris2 <- read.csv(file.path(data, "sets", "iris.csv")); cars <- read.csv(file.path(data, "sets", "mtcars.csv"))
boruta <- function(x, y, runs = 60, level = 0.01) {
  p <- ncol(x); verdict <- rep("tentative", p); hits <- integer(p)
  for (run in 1:runs) {
    open <- which(verdict != "rejected"); if (!any(verdict == "tentative")) break
    shadows <- apply(x[, rep(open, length.out = max(5, length(open))), drop = FALSE], 2, sample)
    f <- randomForest(cbind(x[, open, drop = FALSE], shadows), y, ntree = 200, importance = TRUE)
    z <- importance(f, type = 1, scale = TRUE)[, 1]; z[is.nan(z)] <- 0
    hit <- z[seq_along(open)] > max(z[-seq_along(open)]); hits[open] <- hits[open] + hit
    more <- p.adjust(pbinom(hits - 1, run, 0.5, lower.tail = FALSE), "bonferroni"); fewer <- p.adjust(pbinom(hits, run, 0.5), "bonferroni")
    verdict[verdict == "tentative" & more < level] <- "confirmed"; verdict[verdict == "tentative" & fewer < level] <- "rejected"
  }
  verdict
}
# Noise that can be written down anywhere.
noise <- function(n) { m <- sapply(1:8, function(j) { v <- sin(12.9898 * (1:n) + 78.233 * j) * 43758.5453; v - floor(v) }); colnames(m) <- paste0("n", 1:8); m }
set.seed(20260101)
verdicts <- function(x, y) { v <- replicate(5, boruta(unname(cbind(x, noise(nrow(x)))), y)); list(columns = c(colnames(x), paste0("n", 1:8)), confirmed = rowSums(v == "confirmed"), rejected = rowSums(v == "rejected")) }
result <- list()
record <- function(name, x, y) { result[[name]] <<- list(value = verdicts(x, y)); cat(name, "\n"); print(as.data.frame(result[[name]]$value))
  write_json(result, file.path(data, "r", "boruta.json"), digits = 15, auto_unbox = TRUE, na = "null") }
record("mtcars", as.matrix(cars[, c("cyl", "disp", "hp", "drat", "wt", "qsec", "vs", "am", "gear", "carb")]), cars$mpg)
record("iris", as.matrix(iris2[, 1:4]), factor(iris2$Species))
record("lgg.idh1", as.matrix(binary[, columns]), factor(binary$idh1_mutated))
