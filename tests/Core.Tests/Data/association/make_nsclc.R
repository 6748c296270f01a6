# Rscript make_nsclc.R <folder of the reference data> > nsclc.txt   (R 4.2.2): feature, gene, and of each pair
# cor.test(a, b, method = "spearman", exact = NULL): estimate and p.value. exact = NULL is exact (by series) without ties, by t with them.
options(digits = 17, warn = -1)
folder <- commandArgs(TRUE)[1]
a <- read.csv(file.path(folder, "nsclc/radiomics.csv"), check.names = FALSE)
b <- read.csv(file.path(folder, "nsclc/expression.csv"), check.names = FALSE)
b <- b[match(a$ID, b$ID), ]
pairs <- list(c("log-sigma-3-0-mm-3D_glrlm_LongRunEmphasis", "MCMBP"), c("lbp-3D-m1_firstorder_Median", "AP2M1"))
set.seed(1)
fs <- sample(names(a)[-1], 40); gs <- sample(names(b)[-1], 40)
for (i in 1:40) if (sd(a[[fs[i]]]) > 0) pairs[[length(pairs) + 1]] <- c(fs[i], gs[i])
for (p in pairs) { r <- cor.test(a[[p[1]]], b[[p[2]]], method = "spearman", exact = NULL)
  cat(p[1], p[2], format(unname(r$estimate), digits = 17), format(r$p.value, digits = 17), sep = "\t"); cat("\n") }
