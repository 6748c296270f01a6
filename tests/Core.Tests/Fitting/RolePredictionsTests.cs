using System.Text.Json;
using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Core.Tests.Fitting;

public class RolePredictionsTests
{
    private static readonly FirstColumn Model = new(new HashSet<(string, string)> { ("a", "1"), ("a", "2") });

    private static Predictors Rows(params RowId[] rows) => new(rows, ["x"], [.. rows.Select((_, r) => r / 10.0)]);

    [Fact]
    public void A_seen_row_cannot_be_called_unseen()
    {
        var error = Assert.Throws<BadInputException>(() => UnseenPredictions.Make(Model, Rows(new("b", "9", "x"), new("a", "2", "another case"))));
        Assert.Equal("learning.rows_seen", error.Code);
        Assert.StartsWith("1 of 2 rows", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unseen_row_cannot_be_called_apparent() => Assert.Equal(
        "learning.rows_unseen", Assert.Throws<BadInputException>(() => ApparentPredictions.Make(Model, Rows(new("a", "1", ""), new("a", "3", "")))).Code);

    [Fact]
    public void The_same_patient_id_in_another_cohort_is_another_patient() =>
        Assert.Equal([0, 0.1], UnseenPredictions.Make(Model, Rows(new("b", "1", ""), new("b", "2", ""))).Probabilities);

    [Fact]
    public void Roles_can_be_made_by_their_factories_alone()
    {
        Assert.Empty(typeof(UnseenPredictions).GetConstructors());
        Assert.Empty(typeof(ApparentPredictions).GetConstructors());
        Assert.Equal([0.0], ApparentPredictions.Make(Model, Rows(new RowId("a", "1", "")))
            .Probabilities);
    }

    [Fact]
    public void Subjects_are_grouped_in_ordinal_order_with_their_rows()
    {
        var groups = Subjects.Group([new("b", "1", "x"), new("a", "Z", ""), new("a", "a", ""), new("b", "1", "y")]);
        Assert.Equal([("a", "Z"), ("a", "a"), ("b", "1")], groups.Select(g => g.Subject));
        Assert.Equal([0, 3], groups[2].Rows);
    }

    private sealed record FirstColumn(IReadOnlySet<(string Cohort, string Patient)> Seen) : IFittedModel
    {
        public string Kind => "first";

        public IReadOnlyList<string> Columns => ["x"];

        public IReadOnlyList<string> Selected => Columns;

        public EndpointKind EndpointKind => EndpointKind.Binary;

        public Predictions Predict(Predictors predictors, IReadOnlyList<double> times) => Predictions.Binary(predictors.Column(0).ToArray());

        public JsonElement ToJson() => default;
    }
}
