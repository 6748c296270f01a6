# Rscript make.R FOLDER_TO_WRITE: data sets of R and of its packages that the scripts beside take from R and the tests from here, each once.
# R 4.2.2, survival 3.5.3, TH.data 1.1.1, mlbench 2.1.3. Missing cells are NA; who reads a set takes the rows that have what it needs.
folder <- commandArgs(TRUE)[1]
put <- function(name, frame) write.csv(frame, file.path(folder, paste0(name, ".csv")), row.names = FALSE, quote = FALSE)
put("iris", iris)
put("mtcars", mtcars)
put("airquality", airquality)
put("lung", survival::lung[, -1])
d <- survival::veteran
put("veteran", data.frame(time = d$time, status = d$status, karno = d$karno, age = d$age, cell = as.integer(d$celltype) - 1, trt = d$trt - 1))
d <- survival::pbc
put("pbc", data.frame(time = d$time, status = d$status, female = as.integer(d$sex == "f"), stage = d$stage)[!is.na(d$stage), ])
data(GBSG2, package = "TH.data")
put("gbsg2", transform(GBSG2, horTh = as.integer(horTh == "yes"), menostat = as.integer(menostat == "Post"), tgrade = as.integer(tgrade)))
data(Sonar, package = "mlbench")
put("sonar", data.frame(Sonar[, 1:60], mine = as.integer(Sonar$Class == "M")))
