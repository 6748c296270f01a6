# Rscript make_lgg.R FOLDER: R 4.2.2, partykit 1.2.16; FOLDER is that of the TCGA-LGG tables. Writes what ctree makes of age and VASARI features:
# the patients of both tables with a number in every column of which at least 70 patients have one.
suppressMessages({library(partykit); library(survival)})
folder <- commandArgs(TRUE)[1]
clinical <- read.csv(file.path(folder, "clinical.csv")); semantic <- read.csv(file.path(folder, "semantic.csv"))
d <- merge(clinical[, c("case_id", "idh1_mutated", "codel_1p19q", "death", "os_days", "age_years")], semantic, by = "case_id")
x <- as.data.frame(lapply(d[, -1], function(v) suppressWarnings(as.numeric(as.character(v)))))
x <- x[, colSums(!is.na(x)) >= 70]
x <- x[complete.cases(x), ]
num <- function(v) format(v, digits = 15, trim = TRUE)
rows <- NULL
add <- function(set, ct) for (id in nodeids(ct)) {
  n <- node_party(ct[[as.character(id)]]); i <- info_node(n)
  if (is.null(i$criterion)) next
  s <- split_node(n)
  rows <<- rbind(rows, data.frame(set, rows = i$nobs, column = names(i$p.value), statistic = num(max(i$criterion["statistic", ])),
    p = num(unname(i$p.value)), threshold = if (is.null(s)) "" else num(breaks_split(s))))
}
outcomes <- c("idh1_mutated", "codel_1p19q", "death", "os_days")
p <- setdiff(names(x), outcomes)
add("idh1", ctree(factor(idh1_mutated) ~ ., x[, c("idh1_mutated", p)]))
add("codel", ctree(factor(codel_1p19q) ~ ., x[, c("codel_1p19q", p)]))
add("survival", ctree(Surv(os_days, death) ~ ., x[, c("os_days", "death", p)]))
cat(nrow(x), length(p), "\n")
write.csv(rows, "ctree_lgg.csv", row.names = FALSE, quote = FALSE)
