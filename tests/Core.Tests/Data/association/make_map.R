# Rscript make_map.R <folder of the reference data> > nsclc_map.txt   (R 4.2.2): of the whole map of nsclc, p and p.adjust(p, "BH") at some ranks
# of p, ascending. p is that of cor.test(a, b, method = "spearman", exact = NULL): without ties that of S (C_pRho, of which a table is made since S
# has few values), with ties by t. Features that are constant, or of which fewer than 3 cases differ from the commonest value, are left out.
options(digits = 17, warn = -1)
folder <- commandArgs(TRUE)[1]
a <- read.csv(file.path(folder, "nsclc/radiomics.csv"), check.names = FALSE)
b <- read.csv(file.path(folder, "nsclc/expression.csv"), check.names = FALSE)
b <- b[match(a$ID, b$ID), ]
kept <- function(d) { d <- as.matrix(d[-1]); d[, apply(d, 2, function(v) length(v) - max(table(v)) >= 3)] }
a <- kept(a); b <- kept(b)
n <- nrow(a)
ra <- apply(a, 2, rank); rb <- apply(b, 2, rank)
tied <- outer(apply(a, 2, function(v) anyDuplicated(v) > 0), apply(b, 2, function(v) anyDuplicated(v) > 0), "|")
rho <- cor(ra, rb)
s <- round((n^3 - n) * (1 - rho) / 6)
half <- (n^3 - n) / 6
law <- sapply(seq(0, 2 * half, 2), function(q) min(2 * if (q > half) .Call(stats:::C_pRho, q, n, FALSE) else .Call(stats:::C_pRho, q + 2, n, TRUE), 1))
p <- matrix(0, nrow(s), ncol(s))
p[!tied] <- law[s[!tied] / 2 + 1]
r <- rho[tied]
p[tied] <- 2 * pmin(pt(r / sqrt((1 - r^2) / (n - 2)), n - 2), pt(r / sqrt((1 - r^2) / (n - 2)), n - 2, lower.tail = FALSE))
# The table is cor.test's own.
for (i in sample(length(p), 300)) {
  x <- a[, (i - 1) %% nrow(p) + 1]; y <- b[, (i - 1) %/% nrow(p) + 1]
  stopifnot(abs(cor.test(x, y, method = "spearman", exact = NULL)$p.value - p[i]) <= 1e-9 * p[i])
}
p <- sort(as.vector(p)); q <- p.adjust(p, "BH")
cat("tests", length(p), sum(q <= 0.05), sep = "\t"); cat("\n")
for (rank in c(1, 2, 5, 10, 100, 1000, 1e4, 1e5, 1e6, 5e6, length(p))) cat(rank, format(p[rank], digits = 17), format(q[rank], digits = 17), sep = "\t", fill = TRUE)
