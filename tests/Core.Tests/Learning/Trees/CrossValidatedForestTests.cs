using System.Text.Json;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;
using RadiogenomicsCloud.Statistics;
using RadiogenomicsCloud.Tests;

namespace RadiogenomicsCloud.Core.Tests.Learning.Trees;

/// <summary>
/// Forests and boosting draw other random numbers than R and XGBoost, so that what they are worth is compared: repeated stratified five-fold
/// cross-validation, the measure over all held-out predictions of a repeat. Means and standard deviations over 30 repeats by <c>Data/trees/make_cv.R</c>
/// (randomForest, ranger) and <c>make_cv.py</c> (Debian's python3-xgboost).
/// </summary>
public class CrossValidatedForestTests(ITestOutputHelper output)
{
    private const int Repeats = 30;

    /// <summary>randomForest(x, y): 500 trees.</summary>
    [LongFact]
    public void AUC_of_sonar_is_that_of_randomForest() =>
        MustAgree("random_forest", "{}", TreeData.Sonar(), 0.92951, 0.00942, AucOf);

    /// <summary>ranger(Surv(time, status) ~ ., num.trees = 500, min.node.size = 15), the risk as the sum of the cumulative hazards.</summary>
    [LongFact]
    public void Concordance_of_lung_is_that_of_ranger() =>
        MustAgree("random_forest", "{}", TreeData.Lung(), 0.59152, 0.00859, ConcordanceOf);

    /// <summary>randomForest(Species ~ ., iris).</summary>
    [LongFact]
    public void Accuracy_of_iris_is_that_of_randomForest() =>
        MustAgree("random_forest", "{}", TreeData.Iris(), 0.95267, 0.00809, (p, t) => ((MulticlassEndpoint)t.Endpoint).Values
            .Where((v, r) => p.Row(r).IndexOf(p.Row(r).ToArray().Max()) == v).Count() / 150.0);

    /// <summary>randomForest(Ozone ~ ., airquality): the share of variance explained.</summary>
    [LongFact]
    public void Explained_variance_of_airquality_is_that_of_randomForest() =>
        MustAgree("random_forest", "{}", TreeData.Airquality(), 0.69260, 0.01480, (p, t) =>
        {
            var y = ((ContinuousEndpoint)t.Endpoint).Values;
            return 1 - (p.Scores().Zip(y, (a, b) => (a - b) * (a - b)).Average() / Moments.PopulationVariance(y));
        });

    /// <summary>xgb.train(tree_method='exact', eta=0.1, max_depth=3), 100 rounds.</summary>
    [LongFact]
    public void AUC_of_sonar_is_that_of_XGBoost() =>
        MustAgree("boosted_trees", "{}", TreeData.Sonar(), 0.92125, 0.01057, AucOf);

    /// <summary>randomForest(p, y) on TCGA-LGG, 82 patients and 27 columns: <c>Data/r/make_cv_lgg.R</c>.</summary>
    [LongFact]
    public void AUC_of_IDH1_in_gliomas_is_that_of_randomForest() => MustAgree("random_forest", "{}", TreeData.Lgg("idh1"), 0.74983, 0.03033, AucOf);

    /// <summary>The same of 1p/19q co-deletion.</summary>
    [LongFact]
    public void AUC_of_codeletion_in_gliomas_is_that_of_randomForest() => MustAgree("random_forest", "{}", TreeData.Lgg("codel"), 0.73013, 0.04064, AucOf);

    /// <summary>ranger(Surv(os_days, death) ~ ., num.trees = 500, min.node.size = 15), same script.</summary>
    [LongFact]
    public void Concordance_of_gliomas_is_that_of_ranger() => MustAgree("random_forest", "{}", TreeData.Lgg("survival"), 0.68181, 0.02136, ConcordanceOf);

    /// <summary>xgb.train(tree_method='exact', eta=0.1, max_depth=3), 100 rounds: <c>Data/r/make_cv_lgg.py</c>.</summary>
    [LongFact]
    public void AUC_of_IDH1_in_gliomas_is_that_of_XGBoost() => MustAgree("boosted_trees", "{}", TreeData.Lgg("idh1"), 0.74418, 0.03668, AucOf);

    /// <summary>The same of 1p/19q co-deletion.</summary>
    [LongFact]
    public void AUC_of_codeletion_in_gliomas_is_that_of_XGBoost() => MustAgree("boosted_trees", "{}", TreeData.Lgg("codel"), 0.69473, 0.04328, AucOf);

    private static double AucOf(Predictions p, TrainingSet t) => Auc.Compute(p.Scores(), ((BinaryEndpoint)t.Endpoint).Values);

    private static double ConcordanceOf(Predictions p, TrainingSet t)
    {
        var endpoint = (SurvivalEndpoint)t.Endpoint;
        return SurvivalConcordance.Harrell(endpoint.Times, endpoint.Events, p.Scores()).Index;
    }

    private void MustAgree(string name, string options, TrainingSet data, double mean, double deviation, Func<Predictions, TrainingSet, double> measure)
    {
        var learner = LearningRegistry.Model(new(name, JsonDocument.Parse(options).RootElement));
        var found = new double[Repeats];
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            var folds = Folds.Stratified(data.Predictors.Rows, data.Endpoint, 5, DeterministicRandom.Derive(1, name, repeat));
            double[] all = [];
            var width = 0;
            for (var fold = 0; fold < 5; fold++)
            {
                var training = data.SelectRows(folds.TrainingRows(fold)) with { Seed = DeterministicRandom.Derive(2, name, (5 * repeat) + fold) };
                var held = folds.HeldOutRows(fold);
                var predictions = learner.Fit(training, TestContext.Current.CancellationToken).Predict(data.Predictors.SelectRows(held));
                width = predictions.Width;
                if (all.Length == 0)
                    all = new double[data.Predictors.RowCount * width];
                for (var r = 0; r < held.Length; r++)
                    predictions.Row(r).CopyTo(all.AsSpan(held[r] * width, width));
            }
            found[repeat] = measure(Predictions.Of(data.Endpoint.Kind, width, all, []), data);
        }
        // 99 % interval of the difference of two means, as many repeats there as here.
        var error = Math.Sqrt((deviation * deviation / Repeats) + (Moments.SampleVariance(found) / Repeats));
        output.WriteLine($"{name}: {found.Average():F5} ± {Math.Sqrt(Moments.SampleVariance(found)):F5} of {Repeats}; reference {mean:F5} ± {deviation:F5} of {Repeats}; {(found.Average() - mean) / error:F2} standard errors apart");
        Assert.InRange(Math.Abs(found.Average() - mean) / error, 0, 2.576);
    }
}
