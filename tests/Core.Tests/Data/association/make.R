# Rscript make.R > expected.txt   (R 4.2.2): one line a number, the call that gave it, a tab, and its value.
options(digits = 17, warn = -1)
x <- c(1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30, 2.01, 0.77, 2.92)
y <- c(0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.061, 3.14, 1.291, 0.9, 1.7, 2.2)
xt <- c(1, 2, 2, 3, 5, 7, 7, 7, 9, 4, 4, 11)
yt <- c(2, 4, 4, 5, 8, 9, 1, 12, 12, 13, 3, 6)
z <- c(0.2, 1.1, 0.7, 1.9, 0.4, 1.3, 0.6, 2.4, 0.1, 1.5, 0.9, 1.0)
w <- c(0, 1, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0)
b <- c(0, 0, 0, 1, 1, 1, 0, 1, 0, 1, 0, 1)
g <- c(0, 0, 1, 1, 2, 2, 0, 2, 1, 2, 0, 1)
n44 <- ((1:44 * 17) %% 45) + 0.3 * sin(1:44)
m44 <- 0.8 * n44 + 15 * cos(1:44 * 1.7)
t22 <- matrix(c(3, 1, 2, 8), 2)
t22b <- matrix(c(10, 2, 3, 15), 2)
t0 <- matrix(c(0, 5, 7, 4), 2)
big22 <- matrix(c(120, 80, 60, 140), 2)
t23 <- matrix(c(3, 1, 4, 2, 0, 6), 2)
t33 <- matrix(c(5, 2, 1, 3, 6, 2, 0, 3, 7), 3)
t34 <- matrix(c(4, 1, 0, 2, 5, 1, 1, 3, 6, 2, 2, 2), 3)
big <- matrix(c(40, 25, 30, 20, 35, 30), 2)
pcor <- function(x, y, C, f) {   # of residuals, t of n - 2 - k degrees of freedom: ppcor::pcor.test
  C <- as.matrix(C)
  C <- apply(C, 2, f)
  r <- cor(resid(lm(f(x) ~ C)), resid(lm(f(y) ~ C)))
  df <- length(x) - 2 - ncol(C)
  t <- r * sqrt(df / (1 - r^2))
  c(r, t, 2 * pt(-abs(t), df))
}
nested <- function(s, g, C) { a <- anova(lm(s ~ C), lm(s ~ C + factor(g))); c(a$F[2], a$`Pr(>F)`[2], a$`Sum of Sq`[2] / a$RSS[1]) }
fisherz <- function(r, v) tanh(atanh(r) + c(-1, 1) * qnorm(0.975) * sqrt(v))
# fisher.test's own equations, solved to the last digit (its uniroot stops at four).
law <- function(t, theta) { m <- sum(t[, 1]); n <- sum(t[, 2]); k <- sum(t[1, ]); s <- max(0, k - n):min(k, m)
  d <- dhyper(s, m, n, k, log = TRUE) + theta * s; d <- exp(d - max(d)); list(s = s, d = d / sum(d)) }
mle <- function(t) exp(uniroot(function(th) { l <- law(t, th); sum(l$s * l$d) - t[1, 1] }, c(-50, 50), tol = 1e-14)$root)
lower <- function(t) exp(uniroot(function(th) { l <- law(t, th); sum(l$d[l$s >= t[1, 1]]) - 0.025 }, c(-50, 50), tol = 1e-14)$root)
upper <- function(t) exp(uniroot(function(th) { l <- law(t, th); sum(l$d[l$s <= t[1, 1]]) - 0.025 }, c(-50, 50), tol = 1e-14)$root)
# fgsea's calcGseaStat(stats, positions) as its documentation defines it.
es <- function(stats, S) { a <- abs(stats); NR <- sum(a[S]); N <- length(a); m <- length(S); top <- cumsum(a[S]) / NR - (S - seq_along(S)) / (N - m)
  bottom <- top - a[S] / NR; if (max(top) > -min(bottom)) max(top) else if (max(top) == -min(bottom)) 0 else min(bottom) }
stats <- c(3.1, 2.4, 1.9, 1.2, 0.8, 0.1, -0.2, -0.7, -1.5, -2.6)
calls <- c(
  'cor.test(x, y, method = "spearman", exact = TRUE)$p.value', 'cor.test(x, y, method = "spearman", exact = NULL)$p.value',
  'cor.test(xt, yt, method = "spearman", exact = FALSE)$p.value', 'cor.test(x, y, method = "spearman", exact = TRUE)$estimate',
  'cor.test(xt, yt, method = "spearman", exact = FALSE)$estimate',
  'cor.test(n44, m44, method = "spearman", exact = TRUE)$p.value', 'cor.test(n44, m44, method = "spearman", exact = TRUE)$estimate',
  'cor.test(x, y, method = "pearson", exact = NULL)$p.value', 'cor.test(x, y, method = "pearson", exact = NULL)$estimate', 'cor.test(x, y, method = "pearson", exact = NULL)$conf.int[1]', 'cor.test(x, y, method = "pearson", exact = NULL)$conf.int[2]',
  'cor.test(x, b, method = "pearson", exact = NULL)$p.value', 'cor.test(x, b, method = "pearson", exact = NULL)$estimate',
  'wilcox.test(x[b == 1], x[b == 0])$p.value', 'wilcox.test(xt[b == 1], xt[b == 0])$p.value',
  '2 * wilcox.test(x[b == 1], x[b == 0])$statistic / 36 - 1', '2 * wilcox.test(xt[b == 1], xt[b == 0])$statistic / 36 - 1',
  'kruskal.test(xt, g)$p.value', 'kruskal.test(xt, g)$statistic / 11',
  'fisherz(cor(x, y, method = "spearman"), (1 + cor(x, y, method = "spearman")^2 / 2) / 9)[1]',
  'fisherz(cor(x, y, method = "spearman"), (1 + cor(x, y, method = "spearman")^2 / 2) / 9)[2]',
  'fisherz(0.3, (5 + 7 + 1) / (3 * 5 * 7))[1]', 'fisherz(0.3, (5 + 7 + 1) / (3 * 5 * 7))[2]',
  unlist(lapply(c("t22", "t22b"), function(t) c(sprintf('fisher.test(%s)$p.value', t), sprintf('fisher.test(%s)$estimate', t),
    sprintf('fisher.test(%s)$conf.int[1]', t), sprintf('fisher.test(%s)$conf.int[2]', t), sprintf('mle(%s)', t), sprintf('lower(%s)', t), sprintf('upper(%s)', t)))),
  'fisher.test(t0)$p.value', 'upper(t0)', 'fisher.test(big22)$p.value', 'mle(big22)', 'lower(big22)', 'upper(big22)', 'fisher.test(table(w, b))$p.value',
  'mle(table(w, b))', 'lower(table(w, b))', 'upper(table(w, b))',
  'fisher.test(t23)$p.value', 'fisher.test(t33)$p.value', 'fisher.test(t34)$p.value', 'fisher.test(table(g, w))$p.value',
  'chisq.test(t22)$p.value', 'chisq.test(t22)$statistic', 'chisq.test(t22, correct = FALSE)$p.value', 'chisq.test(t22, correct = FALSE)$statistic',
  'chisq.test(matrix(c(5, 5, 6, 5), 2))$statistic', 'chisq.test(t33)$p.value', 'chisq.test(t33)$statistic', 'chisq.test(big)$p.value',
  'sqrt(chisq.test(t33)$statistic / (sum(t33) * 2))', 'sqrt(chisq.test(table(g, w))$statistic / 12)',
  'pcor(x, y, z, identity)[1]', 'pcor(x, y, z, identity)[2]', 'pcor(x, y, z, identity)[3]', 'pcor(xt, yt, z, rank)[1]', 'pcor(xt, yt, z, rank)[3]',
  'pcor(xt, yt, cbind(z, w), rank)[1]', 'pcor(xt, yt, cbind(z, w), rank)[3]', 'pcor(xt, b, z, rank)[1]', 'pcor(xt, b, z, rank)[3]',
  'pcor(x, y, cbind(z, g == 1, g == 2), identity)[3]',
  'nested(rank(xt), g, rank(z))[2]', 'nested(rank(xt), g, rank(z))[3]',
  'phyper(2, 12, 88, 10, lower.tail = FALSE)', 'phyper(14, 50, 4950, 100, lower.tail = FALSE)', 'phyper(0, 12, 88, 10, lower.tail = FALSE)',
  'es(stats, c(1, 2, 4))', 'es(stats, c(8, 10))', 'es(stats, c(1, 10))', 'es(stats, c(3, 5, 6, 9))',
  sprintf('p.adjust(c(0.01, 0.02, 0.02, 0.9, 0.0004, 0.3, 0.04), "BH")[%d]', 1:7))
for (call in calls) cat(call, "\t", format(unname(eval(parse(text = call))), digits = 17), "\n", sep = "")
