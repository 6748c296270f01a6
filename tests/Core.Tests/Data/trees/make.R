# Rscript make.R: R 4.2.2, partykit 1.2.16, rpart 4.1.19, survival 3.5.3, TH.data 1.1.1.
# Writes what partykit::ctree and rpart::rpart make of data sets that ../sets holds.
suppressMessages({library(partykit); library(rpart); library(survival)})
options(digits = 17)
num <- function(x) format(x, digits = 15, trim = TRUE)
air <- airquality[!is.na(airquality$Ozone) & !is.na(airquality$Solar.R), ]
lung2 <- na.omit(lung[, c("time", "status", "age", "sex", "ph.ecog", "ph.karno", "pat.karno", "meal.cal", "wt.loss")])
lung2$status <- as.integer(lung2$status == 2)
data(GBSG2, package = "TH.data")
gbsg2 <- transform(GBSG2, horTh = as.integer(horTh == "yes"), menostat = as.integer(menostat == "Post"), tgrade = as.integer(tgrade))

# Of every node with rows enough to be split: its best column, statistic, adjusted p-value and, if it is split, where.
rows <- NULL
add <- function(set, ct) for (id in nodeids(ct)) {
  n <- node_party(ct[[as.character(id)]]); i <- info_node(n)
  if (is.null(i$criterion)) next
  s <- split_node(n)
  rows <<- rbind(rows, data.frame(set, rows = i$nobs, column = names(i$p.value), statistic = num(max(i$criterion["statistic", ])),
    p = num(unname(i$p.value)), threshold = if (is.null(s)) "" else num(breaks_split(s))))
}
add("iris", ctree(Species ~ ., iris))
add("iris versicolor", ctree(factor(Species == "versicolor") ~ ., iris))
add("airquality", ctree(Ozone ~ ., air))
add("mtcars", ctree(mpg ~ ., mtcars))
add("lung", ctree(Surv(time, status) ~ ., lung2))
add("lung univariate", ctree(Surv(time, status) ~ ., lung2, testtype = "Univariate", mincriterion = 0.9))
add("gbsg2", ctree(Surv(time, cens) ~ ., gbsg2))
write.csv(rows, "ctree.csv", row.names = FALSE, quote = FALSE)

# Splits in preorder and the table of complexity; row i is held out in fold (i - 1) mod 10.
splits <- NULL; cps <- NULL
grow <- function(set, formula, data, ...) {
  f <- rpart(formula, data, control = rpart.control(maxsurrogate = 0, maxcompete = 0, xval = rep(1:10, length.out = nrow(data)), ...))
  inner <- f$frame[f$frame$var != "<leaf>", ]
  splits <<- rbind(splits, data.frame(set, rows = inner$n, column = inner$var, threshold = num(f$splits[, "index"])))
  cps <<- rbind(cps, data.frame(set, apply(f$cptable, 2, num)))
}
grow("iris", Species ~ ., iris)
grow("mtcars", mpg ~ ., mtcars, minsplit = 5)
grow("airquality", Ozone ~ ., air)
grow("lung", Surv(time, status) ~ ., lung2)
grow("gbsg2", Surv(time, cens) ~ ., gbsg2)
write.csv(splits, "rpart_splits.csv", row.names = FALSE, quote = FALSE)
write.csv(cps, "rpart_cp.csv", row.names = FALSE, quote = FALSE)
