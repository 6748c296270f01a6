using RadiogenomicsCloud.Pipeline;

namespace RadiogenomicsCloud.Core.Tests.Pipeline;

public class OutcomeTests
{
    [Theory]
    [InlineData("short", "short")]
    [InlineData("two\nlines\0", "two lines ")]
    public void A_message_is_one_line(string message, string kept) =>
        Assert.Equal(kept, new BadInputException("c", message).ToFailure().Message);

    [Theory]
    [InlineData("x")]
    [InlineData("é")]
    [InlineData("漢")]
    [InlineData("😀")]
    [InlineData("\"")]
    [InlineData("\\")]
    public void Failures_of_a_shard_fit_into_a_payload_in_any_script(string letter)
    {
        var text = string.Concat(Enumerable.Repeat(letter, 2000));
        var failure = new BadInputException("some.code", text, text).ToFailure();
        Assert.InRange(failure.Message.Length, 60, Outcome.MaximumMessageLength);
        Assert.EndsWith("…", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("\uFFFD", failure.Message, StringComparison.Ordinal);
        Payload.Guard(CanonicalJson.ToElement(Enumerable.Repeat(Outcome.Failed<int>(failure), 22).ToArray()), "shard");
    }

    [Fact]
    public void A_failure_is_the_exception_that_it_was()
    {
        var input = Assert.Throws<BadInputException>(() => Outcome.Failed<int>(new BadInputException("a.b", "m", "w").ToFailure()).Require());
        Assert.Equal(("a.b", "m", "w"), (input.Code, input.Message, input.Where));
        Assert.Throws<StudyFailedException>(() => Outcome.Failed<int>(new StudyFailedException("a.b", "m").ToFailure()).Require());
        Assert.Throws<ArgumentException>(() => new TransientException("a.b", "m").ToFailure());
        Assert.Equal(5, Outcome.Of(5).Require());
    }
}
