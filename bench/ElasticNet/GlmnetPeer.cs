using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace RadiogenomicsCloud.Bench.ElasticNet;

/// <summary>What <c>cv.glmnet</c> made of a problem, and the median of its times.</summary>
internal sealed record GlmnetPeer(double[] Lambdas, double[] Intercepts, double[][] Coefficients, double Milliseconds)
{
    // The data pass as binary doubles; the clock runs around the call alone.
    private const string Script = """
        suppressMessages(library(glmnet))
        a <- commandArgs(TRUE); dir <- a[1]; n <- as.integer(a[2]); p <- as.integer(a[3]); alpha <- as.numeric(a[4]); runs <- as.integer(a[5])
        get <- function(name, count) readBin(file.path(dir, name), "double", count)
        put <- function(name, v) writeBin(as.double(v), file.path(dir, name))
        x <- matrix(get("x", n * p), n); y <- get("y", n); foldid <- as.integer(get("folds", n)) + 1L
        path <- glmnet(x, y, family = "binomial", alpha = alpha, thresh = 1e-7)
        lambda <- path$lambda
        call <- function() cv.glmnet(x, y, family = "binomial", alpha = alpha, lambda = lambda, foldid = foldid, thresh = 1e-7)
        for (i in 1:3) fit <- call()
        times <- numeric(runs)
        for (i in seq_len(runs)) { s <- Sys.time(); fit <- call(); times[i] <- as.numeric(Sys.time() - s, units = "secs") }
        put("lambda", lambda); put("times", times); put("a0", fit$glmnet.fit$a0); put("beta", as.matrix(fit$glmnet.fit$beta))
        """;

    /// <returns>Null where there is no Rscript, or no glmnet.</returns>
    public static GlmnetPeer? Measure(NetProblem problem, int runs)
    {
        var folder = Directory.CreateTempSubdirectory("elastic-net-").FullName;
        try
        {
            Write(folder, "x", problem.Predictors.All);
            Write(folder, "y", [.. problem.Outcome.Select(v => v ? 1.0 : 0)]);
            Write(folder, "folds", [.. problem.FoldOfRow.Select(f => (double)f)]);
            File.WriteAllText(Path.Combine(folder, "run.R"), Script);
            if (!RunScript(folder, problem, runs))
                return null;
            var lambdas = Read(folder, "lambda");
            var beta = Read(folder, "beta");
            var columns = problem.ColumnCount;
            double[][] coefficients = [.. Enumerable.Range(0, lambdas.Length).Select(l => beta[(l * columns)..((l + 1) * columns)])];
            return new(lambdas, Read(folder, "a0"), coefficients, 1000 * ElasticNetCommand.Median([.. Read(folder, "times")]));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static bool RunScript(string folder, NetProblem problem, int runs)
    {
        var start = new ProcessStartInfo("Rscript") { RedirectStandardError = true };
        foreach (var argument in (object[])[Path.Combine(folder, "run.R"), folder, problem.RowCount, problem.ColumnCount, problem.Alpha, runs])
            start.ArgumentList.Add(Convert.ToString(argument, CultureInfo.InvariantCulture)!);
        foreach (var name in (string[])["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"])
            start.Environment[name] = "1";
        try
        {
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0)
                Console.Error.WriteLine(errors);
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Console.Error.WriteLine("There is no Rscript; only our times are taken.");
            return false;
        }
    }

    private static void Write(string folder, string name, ReadOnlySpan<double> values) =>
        File.WriteAllBytes(Path.Combine(folder, name), MemoryMarshal.AsBytes(values).ToArray());

    private static double[] Read(string folder, string name) => MemoryMarshal.Cast<byte, double>(File.ReadAllBytes(Path.Combine(folder, name))).ToArray();
}
